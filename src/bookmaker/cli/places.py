"""Where a verb works: the project it is in, and the plans of the volumes it was asked for."""

from pathlib import Path

from bookmaker.cli.answers import BAD_SOURCES, WRONG_COMMAND, fail
from bookmaker.project import NoProjectError, Project, find_project


def project_at(root: Path | None) -> Project:
    """The project of `--root`, or the one around the working directory."""
    if root is not None:
        if not (root / "content").is_dir():
            fail(f"{root} has no content/ folder", WRONG_COMMAND)
        return Project(root.resolve())
    return find_project(Path.cwd())


def project_around(folder: Path) -> Project | None:
    """The project that a folder lies in; none is needed for an import into a folder of its own."""
    try:
        return find_project(folder if folder.is_dir() else folder.absolute().parent)
    except NoProjectError:
        return None


def plans_at(project: Project, volume: str | None) -> list[Path]:
    """The plan of a volume, named with or without its folder and ending; of all volumes if none is named."""
    plans = project.plans()
    if not plans:
        fail("there is no plan in content/volumes/", BAD_SOURCES)
    if volume is None:
        return plans
    slug = Path(volume).name.removesuffix(".toml")
    chosen = [plan for plan in plans if plan.stem == slug]
    if not chosen:
        known = ", ".join(plan.stem for plan in plans)
        fail(f"there is no volume “{slug}”; known: {known}", WRONG_COMMAND)
    return chosen


def spare_sources(project: Project, output: Path | None) -> None:
    """Refuse to write a book where the project's sources stand."""
    if output is None:
        return
    path = output.resolve()
    for folder in (project.content, project.root / "layouts", project.root / "fonts", project.cache):
        if path.is_relative_to(folder.resolve()):
            where = project.name_of(folder.resolve())
            fail(f"{output} stands in {where}/, where the project's own files are: write elsewhere", WRONG_COMMAND)
