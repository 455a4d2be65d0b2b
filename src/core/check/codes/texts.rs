//! What is wrong with files, Markdown, links, themes and routes.

use super::Code;

/// In the order of the alphabet.
pub(super) static CODES: &[Code] = &[
    Code {
        code: "bad-citation",
        about: "An `@` stands before an id, and makes no note: two ids without `;`, a quotation mark around it, a sign \
                before the `@`, a citation or a footnote within another. Left as it is, the page would show the \
                characters instead of a note.",
        example: "\
<!-- at fault -->
The figure is theirs [@americans @kremlin].
<!-- mended -->
The figure is theirs [@americans; @kremlin].
",
    },
    Code {
        code: "bad-footnote",
        about: "A footnote of the writer's own is not what it should be: nothing refers to it, two have one label, its \
                text stands in the paragraph (`^[…]`), or it stands within the words of a link, which is none then.",
        example: "\
<!-- at fault -->
Two dates are given^[see below].
<!-- mended -->
Two dates are given[^dates].

[^dates]: See below.
",
    },
    Code {
        code: "bad-front-matter",
        about: "An article begins with its front matter, YAML between two lines of `---`, because its title stands \
                there.",
        example: "\
# at fault: the second line of --- is missing
---
title: The treaty

Two dates are given.
# mended
---
title: The treaty
---

Two dates are given.
",
    },
    Code {
        code: "bad-heading",
        about: "In the braces after a heading stands something else than its anchor, `#…`, or a class, `.…`. Any other \
                attribute could hide the heading or run a script.",
        example: "\
<!-- at fault -->
## Two dates {#dates hidden}
<!-- mended -->
## Two dates {#dates}
",
    },
    Code {
        code: "bad-path",
        about: "What names a folder, a path segment or an old address cannot be one: it is empty, leads out of the \
                site, or holds characters that some hosts treat otherwise.",
        example: "\
# at fault
aliases: [\"../old page\"]
# mended
aliases: [/old-page/]
",
    },
    Code {
        code: "bad-style",
        about: "The file that `[citations] style` names is no citation style that can be used: it is not XML or not \
                CSL, a macro of it calls itself, or it is a dependent style, which only names another one.",
        example: "\
# at fault: a dependent style, which stands for another
[citations]
style = \"styles/a-journal.csl\"
# mended
[citations]
style = \"apa\"
",
    },
    Code {
        code: "broken-anchor",
        about: "A link leads to a page that there is, and to an anchor on it that there is not: the reader lands \
                at the top and looks in vain.",
        example: "\
<!-- at fault: the heading is \"Two dates\" -->
See [the dates](treaty.md#dates).
<!-- mended -->
See [the dates](treaty.md#two-dates).
",
    },
    Code {
        code: "broken-link",
        about: "A link leads to a page, a file or a reference that there is not. On a page it would be a dead end.",
        example: "\
<!-- at fault -->
See [the treaty](traety.md).
<!-- mended -->
See [the treaty](treaty.md).
",
    },
    Code {
        code: "cell-beyond-header",
        about: "A row of a table has more cells than its header, and Markdown leaves the last ones out. Often a `|` that is \
                no border is the reason: in a link by id, in code.",
        example: "\
<!-- at fault -->
| who |
|-----|
| [[kcna|the agency]] |
<!-- mended -->
| who |
|-----|
| [[kcna\\|the agency]] |
",
    },
    Code {
        code: "credential-in-site",
        about: "A key or an address under `[deploy.NAME]` opens a door: a secret key, a token, a password. `site.toml` is \
                committed and shown to whoever helps, so what stood there must be taken for known, and be replaced where \
                it came from. Credentials come from the environment (`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, \
                `GOOGLE_APPLICATION_CREDENTIALS`, `AZURE_STORAGE_ACCOUNT_KEY` …) or from the files that `aws`, `gcloud`, \
                `az`, git and ssh keep themselves. The message names neither the value nor its line: logs are read too.",
        example: "\
# at fault
[deploy.web]
kind = \"s3\"
bucket = \"dossier\"
secret_access_key = \"…\"
# mended
[deploy.web]
kind = \"s3\"
bucket = \"dossier\"
",
    },
    Code {
        code: "cut-by-comment",
        about: "In YAML a ` #` begins a comment where a text stands without quotation marks: what comes after it is not \
                read. A warning, because a comment may be meant; then it stands better on a line of its own.",
        example: "\
# at fault
statement: They passed motion #4 on Monday
# mended
statement: \"They passed motion #4 on Monday\"
",
    },
    Code {
        code: "dead-link",
        about: "Only `check --links` asks: an address outside the site answers with an error, or its host is unknown, \
                refuses, or stays silent. A reader who wants to see the source stands before nothing. Some hosts turn \
                programs away and let readers in: look in a browser before changing anything.",
        example: "\
# at fault: the page was taken down
url: https://example.org/press/2019/41
# mended
url: https://example.org/press/2019/41
archive: { url: \"https://web.archive.org/web/2019/https://example.org/press/2019/41\", on: 2019-06-02 }
# better: an address that still leads there
url: https://example.org/archive/press-41
",
    },
    Code {
        code: "duplicate-anchor",
        about: "Two headings of a page have the same anchor, or one has an id that the page itself uses (`notes`, `note-1`), \
                so that a link can only lead to one of them.",
        example: "\
<!-- at fault -->
## Dates {#dates}
## Other dates {#dates}
<!-- mended -->
## Dates {#dates}
## Other dates {#other-dates}
",
    },
    Code {
        code: "duplicate-route",
        about: "Two things claim one path of the output, or paths that some file systems take for one. One would \
                overwrite the other.",
        example: "\
# at fault: an article and the list of actors both want /actors/
content/actors.md
# mended
content/who-is-who.md
",
    },
    Code {
        code: "file-too-large",
        about: "A text file of more than 64 MiB holds hundreds of thousands of claims; nobody edits it, and it \
                belongs into several.",
        example: "\
# mended
content/claims/2024.yaml
content/claims/2025.yaml
",
    },
    Code {
        code: "foreign-comment",
        about: "A comment is written as another program has it: `%% … %%` of Obsidian, `{>> … <<}` of CriticMarkup, `{# … #}`, `{/* … */}`, \
                `{{!-- … --}}` of templates. Here it is text like any other, so that readers would see what was written for nobody: \
                an error. HTML comments are left out of every file of the site.",
        example: "\
<!-- at fault -->
The bridge was closed. %% ask the mayor again %%
<!-- mended -->
The bridge was closed. <!-- ask the mayor again -->
",
    },
    Code {
        code: "foreign-syntax",
        about: "Something is written for another program: a shortcode, a template's tag, a container, attributes in braces, a formula. \
                It means nothing here, so the page shows the characters. The help says what to write instead; a backslash \
                before it (`\\{`) says that the characters are meant.",
        example: "\
<!-- at fault -->
{{< youtube x >}}
<!-- mended -->
![What the film shows](still.jpg)
",
    },
    Code {
        code: "idle-anchor",
        about: "In YAML an `&` with letters after it, at the beginning of a text without quotation marks, names the text for aliases, and is \
                no part of it. Here no alias uses the name: it may be a word that would vanish from the page.",
        example: "\
# at fault
name: &Other Stories
# mended
name: \"&Other Stories\"
",
    },
    Code {
        code: "left-out-file",
        about: "In `content/` lies what an editor or git keeps of an article or a sheet (`a.md.orig`, `a.yaml.bak`). All \
                other files there are published as they are; this one is left out, since it is hardly meant to be read.",
        example: "\
# at fault
content/treaty.md.orig
# mended
content/treaty.md
",
    },
    Code {
        code: "misplaced-card",
        about: "`![[id]]` sets a record's card into the page, a block of its own; it cannot stand inside a \
                sentence.",
        example: "\
<!-- at fault -->
As ![[how-many]] shows, they differ.
<!-- mended -->
As this shows, they differ.

![[how-many]]
",
    },
    Code {
        code: "moved-link",
        about: "Only `check --links` asks: an address outside the site redirects for good (301, 308) to another. It \
                still leads there today; hosts forget such redirects.",
        example: "\
# at fault
url: http://example.org/press/41
# mended
url: https://www.example.org/press/41
",
    },
    Code {
        code: "no-content",
        about: "There is no `content` folder, or nothing in it: nothing can be built.",
        example: "\
$ sourcebook new my-dossier
",
    },
    Code {
        code: "not-text",
        about: "The file holds bytes that are no UTF-8 text: it was saved in another encoding, or it is no text at \
                all.",
        example: "\
# mended: save it as UTF-8
$ iconv -f windows-1252 -t utf-8 old.md > new.md
",
    },
    Code {
        code: "open-comment",
        about: "A comment begins and does not end, or an empty line ends the HTML around it before its `-->`: what follows \
                would vanish from the page, or what was meant for writers alone would stand on it.",
        example: "\
<!-- at fault
Ask the ministry again.

Two dates are given.
<!-- mended -->
<!-- Ask the ministry again. -->

Two dates are given.
",
    },
    Code {
        code: "raw-html",
        about: "Raw HTML in a text can break the page, run scripts and hide from the checks. It is refused unless \
                `site.toml` says otherwise.",
        example: "\
<!-- at fault -->
The <b>two</b> dates.
<!-- mended -->
The **two** dates.
",
    },
    Code {
        code: "remote-image",
        about: "An image from another server tells that server who reads the page, and is gone when it goes.",
        example: "\
<!-- at fault -->
![Map](https://example.org/map.png)
<!-- mended -->
![Map](map.png)
",
    },
    Code {
        code: "template-fault",
        about: "A template cannot be read, or failed on a page. The page is not written.",
        example: "\
{# at fault #}
{{ page.titel }}
{# mended #}
{{ page.title }}
",
    },
    Code {
        code: "theme-omits",
        about: "A theme of your own leaves out what readers must see: that a claim was withdrawn or corrected, that it is contested, \
                that a date is inferred, whose words they are, the state of evidence. Every theme is tried with a small dossier that has \
                one of each: a template is rendered with such a value and without it, and if no word that is seen changes, it \
                does not show it. Old copies of templates are tried like new ones; a theme may say it in its own words. \
                docs/theming.md lists what each template must show.",
        example: "\
<!-- at fault: themes/house/templates/cards/claim.html -->
<p>{{ claim.label }}</p>
<!-- mended -->
<p>{{ claim.mark_html }} {{ claim.speaker_html }}: {{ claim.label }}</p>
{% for item in claim.evidence %}{{ item.html }}{% endfor %}
{{ claim.flags_html }}
",
    },
    Code {
        code: "bad-table",
        about: "The CSV file that a block `table` of an article names cannot be shown: it is not UTF-8, a row has more or fewer cells than the \
                head, it has no row, or it is too long for a page.",
        example: "\
# at fault, in troops.csv
who,how many
Kyiv,11,000
# mended
who,how many
Kyiv,\"11,000\"
",
    },
    Code {
        code: "theme-style",
        about: "A stylesheet of the theme leaves a block or a comment open, so that the styles after it would be lost; or it takes a file \
                from another server, or another stylesheet by `@import`, which the policy of pages forbids.",
        example: "\
/* at fault: themes/house/static/house.css */
.brand { color: #14539a
/* mended */
.brand { color: #14539a }
",
    },
    Code {
        code: "theme-unused",
        about: "A file or a word of your theme replaces none of the program's, and nothing uses it: mostly its name is misspelt, or it is \
                left over.",
        example: "\
# at fault
# themes/house/templates/frame/fooot.html
# mended
# themes/house/templates/frame/foot.html
",
    },
    Code {
        code: "theme-version",
        about: "`theme.toml` says for which versions of sourcebook the theme was made, and this is another: look at its pages, and at \
                `sourcebook theme diff`, before you add the version.",
        example: "\
# at fault
sourcebook = \"0.0\"
# mended
sourcebook = [\"0.0\", \"0.1\"]
",
    },
    Code {
        code: "theme-words",
        about: "The theme's file of words for the interface (`i18n/`) cannot be read, or lacks what the pages \
                need.",
        example: "\
# at fault
sources = \"Sources
# mended
sources = \"Sources\"
",
    },
    Code {
        code: "toml-syntax",
        about: "`site.toml` is not TOML at this place.",
        example: "\
# at fault
title = Troops
# mended
title = \"Troops\"
",
    },
    Code {
        code: "too-deep",
        about: "Lists or quotations are nested deeper than any text needs, which costs time and memory and mostly \
                comes from a program gone wrong.",
        example: "\
<!-- at fault: a hundred levels of > -->
> > > > > …
<!-- mended -->
> …
",
    },
    Code {
        code: "unbalanced-html",
        about: "With `html = \"allow\"`, raw HTML goes to the page as it is. An element that a text opens and does not close, or \
                an end of what it did not open, would tear the page around it: menus and notes would stand in bold, or outside \
                of where they belong.",
        example: "\
<!-- at fault -->
<div class=\"aside\"> The <b>two dates.
<!-- mended -->
<div class=\"aside\"> The <b>two</b> dates. </div>
",
    },
    Code {
        code: "uncoloured-code",
        about: "A fenced block of code has a line so long that colouring it would take minutes: the grammars of the highlighter \
                take time with the square of a line's length. The block stands on the page whole, without colours.",
        example: "\
# at fault: a line of more than 2,000 bytes within
~~~json
# mended: without a language, nothing is coloured
~~~
",
    },
    Code {
        code: "undefined-footnote",
        about: "A mark `[^x]` has no text `[^x]: …` on the page, and would stand there as it is.",
        example: "\
<!-- at fault -->
They differ[^1].
<!-- mended -->
They differ[^1].

[^1]: By two thousand.
",
    },
    Code {
        code: "unknown-style",
        about: "`[citations] style` names a citation style that the program does not have. It may be put into the \
                dossier as a `.csl` file.",
        example: "\
# at fault
[citations]
style = \"chicago\"
# mended
[citations]
style = \"chicago-notes\"
",
    },
    Code {
        code: "unknown-template",
        about: "An article names a template that neither the theme nor the program has.",
        example: "\
# at fault
template: essay
# mended
template: essay.html
",
    },
    Code {
        code: "unreadable-file",
        about: "A file of the dossier cannot be read, or is passed over: a link out of the dossier or into the \
                captures folder, a link in a circle, a name that is no UTF-8.",
        example: "\
# mended: put the file itself into the dossier
content/map.png
",
    },
    Code {
        code: "yaml-limit",
        about: "Anchors and aliases in a file repeat more values than any sheet needs: a file of a few lines could \
                fill the memory.",
        example: "\
# mended: write the values out
about: [russia, ukraine]
",
    },
    Code {
        code: "yaml-syntax",
        about: "The sheet is not YAML at this place, and what follows cannot be read. Most often: indentation (two \
                spaces a level, no tabs), a text that holds `: ` or begins with a sign and needs quotation marks, \
                a quotation mark or bracket that is not closed.",
        example: "\
# at fault
title: Troops: what is known
# mended
title: \"Troops: what is known\"
",
    },
];
