"""What the exports of a site say that is computed: `data/dossier.json`, `data/answers.csv`."""

import csv
import json

LAPSES = ("superseded", "corrected", "withdrawn", "retracted")


def exports(folder, dossier, view, report):
    path = folder / "data/dossier.json"
    if path.exists():
        whole = json.loads(path.read_text(encoding="utf-8"))
        for told in whole["claims"]:
            claim_of(told, dossier.claims[told["id"]], view, lambda key, said, verdict: report.say("data/dossier.json", key, said, verdict))
        for told in whole["questions"]:
            question = dossier.questions[told["id"]]
            report.say("data/dossier.json", "export.contested", f"{question.id} contested: {told['contested']}", told["contested"] == view.disputed(question) or view.obscure(question) or "the sheets say the other")
    path = folder / "data/answers.csv"
    if path.exists():
        for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()):
            answer = next(a for a in dossier.claims[row["claim"]].answers if a.question.id == row["question"])
            said, truth = row["contested"] == "true", bool(view.at_odds(answer))
            report.say("data/answers.csv", "export.contested", f"{answer!r} contested: {said}", said == truth or view.obscure(answer.question) or "the sheets say the other")
            if "state" in row:
                report.say("data/answers.csv", "export.state", f"{answer!r} {row['state']}", row["state"] in view.states(answer) or " and ".join(sorted(view.states(answer))))


def claim_of(told, claim, view, say):
    contested = bool(view.contesting(claim)) or view.untold(claim) and told["contested"]
    say("export.contested", f"{claim.id} contested: {told['contested']}", told["contested"] == contested or "the sheets say the other")
    origins = set(told.get("origins", []))
    say("export.origins", f"{claim.id}: {', '.join(sorted(origins))}", origins == view.origins(claim) or f"the sheets say {', '.join(sorted(view.origins(claim))) or 'none'}")
    # A claim that no longer stands is marked here as well: by its state, or by what became of it.
    lapses = view.lapses(claim)
    marks = {w for key in ("lapse", "state", "standing") for w in words_in(told.get(key))} | set(words_in(told.get("status")))
    if lapses:
        say("export.lapse", claim.id, bool(marks & set(LAPSES)) or f"it is {' and '.join(sorted(lapses))}, and the export does not say so")
    elif marks & set(LAPSES):
        say("export.lapse", claim.id, f"it is said to be {' and '.join(sorted(marks & set(LAPSES)))}, and it stands")


def words_in(value):
    """Every text in a value, whatever its form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words_in(inner)
