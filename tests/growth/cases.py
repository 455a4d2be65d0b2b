"""Dossiers of which one thing grows: each case writes one of size n into a folder.

A case is a function with its first n; its name is its row in the table. What it does not say about the site is as in
`site.toml` below; the command is `build` unless it returns another.
"""

from pathlib import Path

CASES = []


def case(first, unit):
    """Registers a case: its first n, and what n counts."""

    def register(make):
        CASES.append((make.__name__.replace("_", " "), first, unit, make))
        return make

    return register


def put(folder, path, text):
    file = Path(folder) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def site(folder, more=""):
    put(folder, "site.toml", f'title = "T"\nlanguage = "en"\n{more}')


def sheet(folder, text, more=""):
    site(folder, more)
    put(folder, "content/a.yaml", text)


def article(folder, text, records="", more=""):
    sheet(folder, BASE + records, more)
    put(folder, "content/b.md", f"---\ntitle: B\n---\n{text}\n")


BASE = "sources:\n  s: { title: S }\nclaims:\n  c: { statement: It rains., evidence: [{ source: s }] }\n"


def lines(n, line):
    return "".join(line(i) for i in range(n))


# Places, events, timelines


@case(250, "places")
def places_at_one_coordinate(folder, n):
    sheet(folder, "places:\n" + lines(n, lambda i: f"  p{i}: {{ name: Place {i}, coordinates: [50.0, 30.0] }}\n"))


@case(500, "places")
def places_apart(folder, n):
    def place(i):
        return f"  p{i}: {{ name: Place {i}, coordinates: [{40 + i % 150 / 10}, {20 + i // 150 / 10}] }}\n"

    sheet(folder, "places:\n" + lines(n, place))


@case(500, "answers")
def answers_that_are_places(folder, n):
    places = lines(n, lambda i: f"  p{i}: {{ name: Place {i}, coordinates: [{40 + i % 97 / 10}, {20 + i % 89 / 10}] }}\n")
    claims = lines(
        n, lambda i: f"  c{i}: {{ statement: At place {i}., evidence: [{{ source: s }}], answers: {{ q: p{i} }} }}\n"
    )
    question = "questions:\n  q: { text: Where?, kind: place, several: true }\nsources:\n  s: { title: S }\n"
    sheet(folder, f"{question}places:\n{places}claims:\n{claims}")


@case(2000, "events")
def events_of_one_date(folder, n):
    sheet(folder, "events:\n" + lines(n, lambda i: f"  e{i}: {{ title: Event {i}, date: 2024-11-05 }}\n"))


@case(2000, "events")
def events_that_are_part_of_one(folder, n):
    sheet(
        folder,
        "events:\n  e: { title: All, date: 2024 }\n"
        + lines(n, lambda i: f"  e{i}: {{ title: Event {i}, date: 2024-11-05, part_of: e }}\n"),
    )


# Questions, claims, relations


@case(1000, "answers")
def answers_to_one_question(folder, n):
    claims = lines(
        n,
        lambda i: f"  c{i}: {{ statement: There were {i}., evidence: [{{ source: s }}], answers: {{ q: {1000 + i * 7 % 997} }} }}\n",
    )
    question = "questions:\n  q: { text: How many? }\nsources:\n  s: { title: S }\n"
    sheet(folder, f"{question}claims:\n{claims}")


@case(500, "answers")
def answers_that_add_up(folder, n):
    """One whole and its ceilings, over parts that share nothing: the most that one question can give to reason about."""
    places = "  whole: { name: Whole, disjoint_parts: true }\n" + lines(n, lambda i: f"  p{i}: {{ name: Part {i}, part_of: whole }}\n")

    def answer(i):
        value = f"{{ value: <={50 * n + i}, place: whole }}" if i % 10 == 0 else f"{{ value: '>={40 + i * 7 % 61}', place: p{i} }}"
        return f"  c{i}: {{ statement: There were so many., evidence: [{{ source: s }}], answers: {{ q: {value} }} }}\n"

    question = "questions:\n  q: { text: How many?, kind: quantity, adds_up: true }\nsources:\n  s: { title: S }\n"
    sheet(folder, f"{question}places:\n{places}claims:\n{lines(n, answer)}")


@case(1000, "answers")
def answers_about_groups(folder, n):
    actors = "actors:\n" + lines(n, lambda i: f"  a{i}: {{ name: A{i}, part_of: a{i // 2} }}\n" if i else "  a0: { name: A }\n")
    claims = lines(
        n,
        lambda i: f"  c{i}: {{ statement: There were {i}., evidence: [{{ source: s }}], "
        f"answers: {{ q: {{ value: {1000 + i * 7 % 997}, group: a{i} }} }} }}\n",
    )
    question = "questions:\n  q: { text: How many? }\nsources:\n  s: { title: S }\n"
    sheet(folder, f"{actors}{question}claims:\n{claims}")


@case(1000, "claims")
def claims_that_contradict_one(folder, n):
    claims = lines(
        n, lambda i: f"  c{i}: {{ statement: No {i}., evidence: [{{ source: s }}], contradicts: {{ c: why }} }}\n"
    )
    sheet(folder, BASE + claims)


@case(1000, "claims")
def a_claim_that_contradicts_all(folder, n):
    claims = lines(n, lambda i: f"  c{i}: {{ statement: No {i}., evidence: [{{ source: s }}] }}\n")
    against = ", ".join(f"c{i}: why" for i in range(n))
    sheet(folder, BASE + claims + f"  d: {{ statement: No., evidence: [{{ source: s }}], contradicts: {{ {against} }} }}\n")


@case(1000, "claims")
def a_chain_of_corrections(folder, n):
    def claim(i):
        over = f", supersedes: {{ c{i - 1}: why }}" if i else ""
        return f"  c{i}: {{ statement: No {i}., on: 2024-01-01, evidence: [{{ source: s }}]{over} }}\n"

    sheet(folder, BASE + lines(n, claim))


@case(2000, "sources")
def a_chain_of_sources(folder, n):
    sheet(
        folder,
        "sources:\n"
        + lines(n, lambda i: f"  s{i}: {{ title: S{i}{f', based_on: s{i - 1}' if i else ''} }}\n")
        + f"claims:\n  c: {{ statement: C., evidence: [{{ source: s{n - 1} }}] }}\n",
    )


@case(2000, "actors")
def a_chain_of_groups(folder, n):
    sheet(folder, "actors:\n" + lines(n, lambda i: f"  a{i}: {{ name: A{i}{f', part_of: a{i - 1}' if i else ''} }}\n"))


@case(2000, "actors")
def a_chain_of_spokesmen(folder, n):
    sheet(
        folder,
        "actors:\n"
        + lines(n, lambda i: f"  a{i}: {{ name: A{i}{f', speaks_for: a{i - 1}' if i else ''} }}\n")
        + "sources:\n  s: { title: S }\nclaims:\n"
        + lines(n, lambda i: f"  c{i}: {{ statement: C., by: a{i}, evidence: [{{ source: s }}] }}\n"),
    )


@case(2000, "places")
def a_chain_of_places(folder, n):
    sheet(folder, "places:\n" + lines(n, lambda i: f"  p{i}: {{ name: P{i}{f', part_of: p{i - 1}' if i else ''} }}\n"))


@case(1000, "claims")
def claims_of_one_speaker_and_source(folder, n):
    sheet(
        folder,
        "actors:\n  a: { name: A }\nsources:\n  s: { title: S }\nclaims:\n"
        + lines(n, lambda i: f"  c{i}: {{ statement: C{i}., by: a, evidence: [{{ source: s, locator: § {i} }}] }}\n"),
    )


@case(500, "speakers and sources")
def a_claim_of_many(folder, n):
    sheet(
        folder,
        "actors:\n"
        + lines(n, lambda i: f"  a{i}: {{ name: A{i} }}\n")
        + "sources:\n"
        + lines(n, lambda i: f"  s{i}: {{ title: S{i}, publisher: a{i} }}\n")
        + "claims:\n  c: { statement: C., by: ["
        + ", ".join(f"a{i}" for i in range(n))
        + "], about: ["
        + ", ".join(f"a{i}" for i in range(n))
        + "], evidence: ["
        + ", ".join(f"{{ source: s{i} }}" for i in range(n))
        + "] }\n",
    )


@case(1000, "claims about the order")
def claims_of_what_came_first(folder, n):
    events = lines(n, lambda i: f"  e{i}: {{ title: E{i}, date: 2024 }}\n")
    claims = lines(
        n - 1, lambda i: f"  c{i}: {{ statement: C{i}., evidence: [{{ source: s }}], order: [e{i}, e{(i * 7 + 1) % n}] }}\n"
    )
    sheet(folder, f"events:\n{events}sources:\n  s: {{ title: S }}\nclaims:\n{claims}")


@case(2000, "aliases")
def aliases_of_one_actor(folder, n):
    names = ", ".join(f"Name {i}" for i in range(n))
    sheet(folder, f"actors:\n  a: {{ name: A, aliases: [{names}] }}\n")


@case(300, "aliases and sentences")
def aliases_and_sentences_with_its_claims(folder, n):
    names = ", ".join(f"Name {i}" for i in range(n))
    records = f"  d: {{ statement: D., by: a, evidence: [{{ source: s }}] }}\nactors:\n  a: {{ name: A, aliases: [{names}] }}\n"
    article(folder, lines(n, lambda i: "It rains here [@d]. "), records)
    return ["check"]


@case(2000, "actors")
def actors_of_one_name(folder, n):
    sheet(folder, "actors:\n" + lines(n, lambda i: f"  a{i}: {{ name: A }}\n"))


# YAML, TOML


@case(400, "KB beneath nested anchors")
def anchors_within_anchors(folder, n):
    inner = ", ".join("a" for _ in range(n * 1000 // 3))
    deep = 200
    nested = "".join(f"&a{i} [" for i in range(deep)) + inner + "]" * deep
    sheet(folder, f"actors:\n  a: {{ name: A, extra: {{ x: {nested} }} }}\n")


@case(2000, "aliases")
def aliases_of_a_long_list(folder, n):
    inner = ", ".join("a" for _ in range(n))
    uses = ", ".join("*a" for _ in range(n))
    sheet(folder, f"actors:\n  a: {{ name: A, extra: {{ x: &a [{inner}], y: [{uses}] }} }}\n")


@case(20000, "faults")
def faults_of_one_sheet(folder, n):
    sheet(folder, "actors:\n" + lines(n, lambda i: f"  a{i}: {{ name: A, part_of: b{i} }}\n"))


@case(5000, "unknown ids among as many known")
def unknown_ids(folder, n):
    known = lines(n, lambda i: f"  a{i}: {{ name: A{i} }}\n")
    sheet(folder, "actors:\n" + known + lines(n, lambda i: f"  b{i}: {{ name: B{i}, part_of: c{i} }}\n"))


@case(1000, "exceptions")
def exceptions(folder, n):
    more = lines(n, lambda i: f'[[exceptions]]\nrule = "unused-actor"\nid = "a{i}"\nbecause = "x"\n')
    sheet(folder, "actors:\n" + lines(n, lambda i: f"  a{i}: {{ name: A{i} }}\n"), more)


# Markdown


@case(4000, "headings")
def identical_headings(folder, n):
    article(folder, "## Same\n\n" * n)


@case(4000, "headings")
def headings_that_name_one_id(folder, n):
    article(folder, lines(n, lambda i: f"## H {{#h{i}}}\n\n"))


@case(4000, "footnotes")
def footnotes_of_one_article(folder, n):
    article(folder, lines(n, lambda i: f"A word[^{i}].\n\n") + lines(n, lambda i: f"[^{i}]: Note {i}.\n\n"))


@case(4000, "footnotes before brackets")
def footnotes_before_brackets(folder, n):
    article(folder, "A word[^1][@c].\n\n" * n + "[^1]: Note.\n")


@case(4000, "citations")
def citations_of_one_claim(folder, n):
    article(folder, "It rains [@c].\n\n" * n)


@case(4000, "citations")
def citations_in_one_paragraph(folder, n):
    article(folder, "it rains [@c] " * n)


@case(4000, "citations")
def citations_in_one_bracket(folder, n):
    article(folder, "it rains [" + "; ".join(f"@c, § {i}" for i in range(n)) + "]")


@case(4000, "links")
def links_to_one_record(folder, n):
    article(folder, "It [[c]] rains.\n\n" * n)


@case(2000, "cards")
def cards_of_one_claim(folder, n):
    article(folder, "![[c]]\n\n" * n)


@case(20000, "brackets")
def brackets_that_are_none(folder, n):
    article(folder, "[ " * n)


@case(20000, "signs")
def signs_in_brackets(folder, n):
    article(folder, "[@" * n)


@case(500, "columns and rows")
def a_table_of_many_columns(folder, n):
    row = "| a " * n + "|\n"
    article(folder, row + "| - " * n + "|\n" + row * 8)


@case(1500, "rows with a cell too many")
def cells_beyond_the_header(folder, n):
    article(folder, "| a | b |\n| - | - |\n" + "| a | b | c |\n" * n)


@case(4000, "lines of HTML with comments")
def comments_in_a_block_of_HTML(folder, n):
    article(folder, "<div>\n" + "<b>x</b><!-- c -->\n" * n + "</div>\n", more='[markdown]\nhtml = "allow"\n')


@case(40, "KB")
def a_long_line_of_code(folder, n):
    article(folder, "```js\n" + "a=[1,{b:'c'}];" * (n * 1000 // 14) + "\n```\n")


@case(4000, "lines")
def many_lines_of_code(folder, n):
    article(folder, "```js\n" + "let a = [1, { b: 'c' }];\n" * n + "```\n")


@case(400, "KB")
def one_long_word(folder, n):
    article(folder, "x" * (n * 1000))


@case(200, "KB of emphasis")
def much_emphasis(folder, n):
    article(folder, "*a **b** _c_* " * (n * 1000 // 14))


@case(2000, "levels")
def nested_quotes_and_lists(folder, n):
    article(folder, "> " * n + "x\n\n" + "- " * n + "x")


@case(1000, "articles")
def articles(folder, n):
    sheet(folder, BASE)
    for i in range(n):
        put(folder, f"content/b{i}.md", f"---\ntitle: B{i}\ndate: 2024-01-01\n---\nIt rains [@c], see [[b{(i + 1) % n}]].\n")


# Captures and quotes


def captured(folder, texts, quotes):
    sources = "".join(f"  s{i}: {{ title: S{i}, capture: {i}.txt }}\n" for i in range(len(texts)))
    claims = "".join(
        f"  c{i}: {{ statement: C{i}., evidence: [{{ source: s{s}, quote: {quote!r} }}] }}\n"
        for i, (s, quote) in enumerate(quotes)
    )
    sheet(folder, f"sources:\n{sources}" + (f"claims:\n{claims}" if quotes else ""), '[captures]\ndir = "captures"\n')
    for i, text in enumerate(texts):
        put(folder, f"captures/{i}.txt", text)


def words(start, count):
    return " ".join(f"word{(start + k) * 7919 % 100003}" for k in range(count))


@case(200, "captures")
def captures_that_are_alike(folder, n):
    captured(folder, [f"start{i} " + words(0, 300) + f" end{i}" for i in range(n)], [])
    return ["check"]


@case(200, "captures")
def captures_alike_by_fours(folder, n):
    captured(folder, [" ".join(words(1000 * ((i * 3 + k * k) // 4), 40) for k in range(8)) for i in range(n)], [])
    return ["check"]


@case(1000, "quotes")
def quotes_of_one_capture(folder, n):
    text = words(0, 5 * n)
    captured(folder, [text], [(0, " ".join(text.split()[5 * i : 5 * i + 9])) for i in range(n)])
    return ["check"]


@case(500, "quotes that begin alike")
def quotes_that_begin_alike(folder, n):
    parts = [f"the president of number{i} said that {words(i, 5)}" for i in range(n)]
    captured(folder, [". ".join(parts)], [(0, part) for part in parts])
    return ["build"]


@case(1000, "gaps")
def a_quote_with_gaps(folder, n):
    captured(folder, ["a b " * (2 * n)], [(0, "a b […] " * n + "a b")])
    return ["check"]


@case(10000, "brackets")
def a_quote_of_brackets(folder, n):
    captured(folder, ["a b"], [(0, "[" * n)])
    return ["check"]


@case(4000, "marks")
def quotation_marks_that_open(folder, n):
    captured(folder, ["« a \u201c b ' c " * n], [(0, "« a")])
    return ["check"]


@case(2000, "quotes that are absent")
def absent_quotes(folder, n):
    captured(folder, [words(0, 300)], [(0, f"{words(5, 9)} nothing{i}") for i in range(n // 10)])
    return ["check"]


# Imports


def imported(folder, name, text):
    sheet(folder, BASE)
    put(folder, name, text)
    return ["import", str(Path(folder) / name), "--dry-run"]


@case(4000, "entries")
def BibTeX_entries_of_one_key(folder, n):
    return imported(folder, "x.bib", lines(n, lambda i: f"@book{{k, title={{T{i}}}, year=2000}}\n"))


@case(20000, "signs")
def BibTeX_signs_on_one_line(folder, n):
    return imported(folder, "x.bib", "@" * n + "\n@book{k, title={T}}\n")


@case(20000, "lines")
def RIS_lines_that_continue(folder, n):
    return imported(folder, "x.ris", "TY  - BOOK\nTI  - T\n" + "more words\n" * n + "ER  - \n")


@case(4000, "works")
def CSL_works_of_one_title(folder, n):
    item = '{{"id":"a{i}","type":"book","title":"Same","author":[{{"family":"A{i}"}}]}}'
    return imported(folder, "x.json", "[" + ",".join(item.replace("{{", "{").replace("}}", "}").replace("{i}", str(i)) for i in range(n)) + "]")


# Styles and themes


@case(8, "macros")
def a_style_that_doubles(folder, n):
    macros = lines(n, lambda i: f'<macro name="m{i}"><text macro="m{i + 1}"/><text macro="m{i + 1}"/></macro>')
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>T</title><id>t</id>'
        f'<updated>2024-01-01T00:00:00+00:00</updated></info>{macros}<macro name="m{n}"><text value="x"/></macro>'
        '<citation><layout><text macro="m0"/></layout></citation>'
        '<bibliography><layout><text macro="m0"/></layout></bibliography></style>'
    )
    article(folder, "It rains [@s].", more='[citations]\nstyle = "own.csl"\n')
    put(folder, "own.csl", style)


@case(6, "doublings")
def a_theme_that_doubles_a_text(folder, n):
    sheet(folder, BASE, 'theme = "own"\n')
    doubled = '{% set x = "0123456789" %}' + "{% set x = x ~ x %}" * n
    put(folder, "themes/own/templates/cards/claim.html", doubled + "{{ x }}")
