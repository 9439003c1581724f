"""Why a photo was found: heat maps over it for what was asked."""
