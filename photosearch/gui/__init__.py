"""The window: Qt only. It knows the engine by its messages and nothing of what lies behind them."""
