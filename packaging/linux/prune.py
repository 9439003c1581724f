"""What a bundle leaves out, because nothing of the program uses it (`main(site)`)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

# Of Qt and its Python modules, by their names without ending; all others go.
_QT_MODULES = ("QtCore", "QtDBus", "QtGui", "QtNetwork", "QtSvg", "QtWidgets")
_QT_LIBRARIES = (
    *("Core", "DBus", "Gui", "Network", "OpenGL", "Svg", "WaylandClient", "Widgets"),
    *("WlShellIntegration", "XcbQpa"),
)
_QT_PLUGINS = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qgif", "qico", "qjpeg", "qsvg", "qwebp"),
    "platforminputcontexts": ("*",),
    "platforms": ("qminimal", "qoffscreen", "qwayland", "qxcb"),
    "platformthemes": ("qgtk3", "qxdgdesktopportal"),
    "wayland-decoration-client": ("*",),
    "wayland-graphics-integration-client": ("*",),
    "wayland-shell-integration": ("*",),
    "xcbglintegrations": ("*",),
}

# Of these only the demo's pictures are used; those after them are what they alone require.
_PICTURES = ("skimage", "sklearn", "matplotlib")
_ONLY_FOR_THEM = (
    *("contourpy", "cycler", "dateutil", "fontTools", "imageio", "joblib", "kiwisolver"),
    *("lazy_loader", "mpl_toolkits", "narwhals", "pyparsing", "pylab.py", "sklearn.libs"),
    *("scikit_learn.libs", "tifffile"),
)
_FOLDERS = (
    "torch/include",
    "torch/share",
    "torch/test",
    "pip",
    "../../../share",
)
_WITH_TESTS = ("networkx", "numpy", "psutil", "pywt", "scipy", "sympy")


def main(site: Path) -> None:
    """Delete it from the packages in `site`."""
    for name in (*_FOLDERS, *_ONLY_FOR_THEM):
        _delete(site / name)
    for package in _WITH_TESTS:
        for folder in list((site / package).rglob("tests")):
            _delete(folder)
    _keep_pictures(site)
    _keep_qt(site / "PySide6")
    for pattern in ("*.pyi", "*.a", "*.h", "*.lib"):
        for file in list(site.rglob(pattern)):
            _delete(file)


def _keep_pictures(site: Path) -> None:
    plan = json.loads((site / "photosearch/resources/demo.json").read_text("utf-8"))
    kept = {site / photo["package"] / photo["file"] for photo in plan["photos"]}
    for package in _PICTURES:
        for file in list((site / package).rglob("*")):
            if file.is_file() and file not in kept:
                file.unlink()
        (site / package / "__init__.py").touch()  # by which the demo finds the folder
        for folder in sorted((site / package).rglob("*"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _keep_qt(package: Path) -> None:
    for file in list(package.iterdir()):
        module = file.name.partition(".")[0]
        used = module in (*_QT_MODULES, "__init__", "_config", "_git_pyside_version", "libpyside6")
        if file.name != "Qt" and not used:
            _delete(file)
    qt = package / "Qt"
    for folder in list(qt.iterdir()):
        if folder.name not in ("lib", "plugins", "translations"):
            _delete(folder)
    libraries = tuple(f"libQt6{name}.so.6" for name in _QT_LIBRARIES)
    for file in list((qt / "lib").iterdir()):
        if file.name.startswith("libQt6") and file.name not in libraries:
            _delete(file)
    for folder in list((qt / "plugins").iterdir()):
        kept = _QT_PLUGINS.get(folder.name, ())
        for file in list(folder.iterdir()):
            if "*" not in kept and file.name.removeprefix("lib").partition(".")[0] not in kept:
                _delete(file)
        if not kept:
            _delete(folder)
    for file in list((qt / "translations").iterdir()):
        if not file.name.startswith("qtbase_"):
            _delete(file)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
