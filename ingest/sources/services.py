"""Tables that a service of their producer gives: what is declared of each beside its reading.

A table in `tables/<dataset>.toml` has one section that is named like its reader. The section has
the keys of the reader's own declaration, and those here: where and for what to ask.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from data.reference_data import read_areas_file
from ingest.sources.education_statistics import EducationTable, read_education_statistics
from ingest.sources.education_statistics_api import EducationApiTable, read_education_api
from ingest.sources.fingertips import read_fingertips
from ingest.sources.fingertips_declaration import FingertipsIndicator
from ingest.sources.nomis import read_nomis
from ingest.sources.nomis_declaration import NomisInterval, NomisTable
from ingest.sources.nomis_workbook import read_nomis_workbook
from ingest.sources.nomis_workbook_declaration import NomisWorkbook
from ingest.sources.ons_cmd import CmdTable, read_ons_cmd
from ingest.tidy import TidyFigures

_strict = ConfigDict(extra="forbid")
_ADDRESS = r"^https://\S+$"
_FINGERTIPS = (
    "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id?indicator_ids={indicator}"
    "&child_area_type_id={child}&parent_area_type_id={parent}&include_sortable_time_periods=yes"
)
# For each level that a workbook's prefixes may mean: which codes its areas have.
LEVELS: Mapping[str, str] = {
    "district": r"(?:E0[6-9]|W06|S12|N09)[0-9]{6}",
    "county or unitary authority": r"(?:E06|E08|E09|E10|W06|S12|N09)[0-9]{6}",
    "region": r"E12[0-9]{6}",
    "country": r"[EWSN]92[0-9]{6}",
}


@dataclass(frozen=True, kw_only=True, config=_strict)
class NomisService(NomisTable):
    """A table asked for from Nomis.

    Attributes:
        geography: what Nomis calls the areas: types such as `TYPE424`, or GSS codes.
        dates: what it calls the dates, such as `latest` or `2022-12`.
    """

    geography: tuple[str, ...] = Field(min_length=1)
    dates: tuple[str, ...] = Field(min_length=1)
    interval: NomisInterval | None = None


@dataclass(frozen=True, kw_only=True, config=_strict)
class NomisWorkbookService(NomisWorkbook):
    """A workbook made with Nomis's query tool, which gives areas by name.

    Attributes:
        areas_on: the day whose areas the workbook names; a name means the one area of its level
            that had it then.
    """

    areas_on: date

    def codes(self) -> dict[str, dict[str, set[str]]]:
        """For each level declared, the codes of each name on that day."""
        areas = read_areas_file()
        day = self.areas_on.isoformat()
        names: dict[str, dict[str, set[str]]] = {level: {} for level in self.levels.values()}
        columns = (areas[name] for name in ("code", "name", "start_on", "end_on"))
        for code, name, start, end in zip(*columns, strict=True):
            if str(start or day) <= day <= str(end or day):
                for level, known in names.items():
                    if re.fullmatch(LEVELS.get(level, "$^"), str(code)):
                        known.setdefault(str(name), set()).add(str(code))
        return names


@dataclass(frozen=True, kw_only=True, config=_strict)
class FingertipsService(FingertipsIndicator):
    """An indicator asked for from Fingertips, by the service's numbers of kinds of area."""

    child_area_type: int
    parent_area_type: int = 15
    count_per: int | None = Field(default=None, gt=0)

    @property
    def url(self) -> str:
        """Where the service gives the indicator."""
        child, parent = self.child_area_type, self.parent_area_type
        return _FINGERTIPS.format(indicator=self.indicator, child=child, parent=parent)


@dataclass(frozen=True, kw_only=True, config=_strict)
class EducationService(EducationTable):
    """A data file of Explore Education Statistics, and where it is served."""

    url: str = Field(pattern=_ADDRESS)


@dataclass(frozen=True, kw_only=True, config=_strict)
class CmdService(CmdTable):
    """A table of the customise-my-data service, by the service's own name for it.

    Which version is the newest, and so where its CSV file lies, the service is asked.
    """

    table: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")


Service = (
    NomisService
    | NomisWorkbookService
    | FingertipsService
    | EducationService
    | EducationApiTable
    | CmdService
)


def read_service(contents: Sequence[bytes], service: Service, file: str) -> TidyFigures:
    """Read what a service gave: its one file, or its parts in order.

    Args:
        contents: the bytes. Of Nomis every page; of the education query service the metadata,
            then every page; of the others one file.
        service: what is declared.
        file: what messages call the table.

    Raises:
        Refused: with every fault that its reader finds.
    """
    match service:
        case NomisService():
            return read_nomis(contents, service, file)
        case NomisWorkbookService():
            codes: Mapping[str, Mapping[str, Collection[str]]] = service.codes()
            return read_nomis_workbook(contents[0], service, codes, file)
        case FingertipsService():
            return read_fingertips(contents[0], service, file).figures
        case EducationService():
            return read_education_statistics(contents[0], service, file)
        case EducationApiTable():
            return read_education_api(contents[0], contents[1:], service, file)
        case CmdService():
            return read_ons_cmd(contents[0], service, file)
