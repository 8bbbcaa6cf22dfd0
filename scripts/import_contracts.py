"""An import contract of our own: a feature is reached only through its facade."""

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FacadeContract(Contract):
    """Modules outside a feature may import only the named modules of it.

    `container` holds the features, `facade` names what others may import of one, `importers` says who is
    under the rule.
    """

    type_name = "facade"

    container = fields.StringField()
    facade = fields.SetField(subfield=fields.StringField())
    importers = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect every import that passes a feature's facade by."""
        del verbose
        # The base class replaces the declared fields by their values.
        container = cast("str", self.container)
        facade, importers = cast("set[str]", self.facade), cast("set[str]", self.importers)
        broken: list[str] = []
        for importer in sorted(graph.modules):
            if not any(importer == name or importer.startswith(f"{name}.") for name in importers):
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if not imported.startswith(f"{container}."):
                    continue
                feature, _, inner = imported.removeprefix(f"{container}.").partition(".")
                at_home = f"{importer}.".startswith(f"{container}.{feature}.")
                if at_home or not inner or inner.partition(".")[0] in facade:
                    continue
                line = graph.get_import_details(importer=importer, imported=imported)[0]["line_number"]
                broken.append(f"{importer}:{line} imports {imported}")
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each such import and what to do."""
        for line in check.metadata["broken"]:
            output.print_error(line)
        names = ", ".join(sorted(cast("set[str]", self.facade)))
        output.print_error(f"Import {names} of another feature, or call its action.")
