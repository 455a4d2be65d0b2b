// Texts drawn at random: our syntax within emphasis, links, images, headings, lists, quotes, tables, definitions and footnotes.
// Each has a twin, in which labels and names stand for what is ours, and nothing for notes and comments.

export function drawn(seed, count) {
  let state = seed >>> 0;
  // mulberry32
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pick = list => list[Math.floor(random() * list.length)];
  let last = 0;
  const both = (text, twin = text) => ({ text, twin });
  const word = () => both(`w${++last}${pick(['', 'é', '’s', '…'])}`);
  const join = (parts, mark = ' ') => both(parts.map(p => p.text).join(mark), parts.map(p => p.twin).join(mark));
  const around = (part, before, after) => both(before + part.text + after, before + part.twin + after);
  const silent = link => both(pick(['[@a]', '[see @a, § 2]', '[@a; *cf.* @b, p. [3]]', '[@a][@b]', '<!-- hiddenword -->', '[@said, p. 4]',
    link ? '[@b]' : '[@a, see [[kcna]] and `code`]', '[@c <!-- hiddenword -->]', '[@{b}, {p. 3}]']), '');
  const ours = () => pick([both('[[kcna]]', 'KCNA Agency'), both('[[said]]', 'The bridge is closed'), both('@a', 'Mayor Smith'),
    both('@b [p. 33]', 'KCNA Agency'), both('[[kcna|our words]]', 'our words')]);

  // markdown-it leaves code out of an image's words, and a link by id keeps what is around it from being a link.
  const run = (depth, within) => {
    const link = within !== '';
    const parts = [word()];
    for (let n = Math.floor(random() * 4); n > 0; n--) {
      const kind = Math.floor(random() * (depth > 0 ? 8 : 4));
      if (kind < 2) parts.push(word());
      else if (kind === 2) parts.push(silent(link));
      else if (kind === 3) parts.push(link ? word() : ours());
      else if (kind === 4) parts.push(around(run(depth - 1, within), '*', '*'));
      else if (kind === 5) parts.push(around(run(depth - 1, within), '**', '**'));
      else if (kind === 6 && !link) parts.push(around(run(depth - 1, 'link'), '[', '](https://example.org/ "title")'));
      else if (kind === 7 && !link) parts.push(around(run(depth - 1, 'image'), '![', '](x.png)'));
      else parts.push(within === 'image' ? word() : around(word(), '`', '`'));
    }
    parts.push(word());
    return join(parts);
  };
  const cell = () => {
    const part = run(1, '');
    return both(part.text.replaceAll('|', '\\|'), part.twin);
  };
  const block = () => {
    const a = run(2, ''), b = run(2, '');
    switch (Math.floor(random() * 9)) {
      case 0: return join([around(a, '## ', ''), b], '\n\n');
      case 1: return join([around(a, '- ', ''), around(b, '- ', '')], '\n');
      case 2: return join([around(a, '> ', ''), around(b, '> ', '')], '\n');
      case 3: return join([around(join([cell(), cell()], ' | '), '| ', ' |'), both('|---|---|'), around(join([cell(), cell()], ' | '), '| ', ' |')], '\n');
      case 4: return join([a, around(b, ': ', '')], '\n');
      case 5: return join([a, around(b, '', '\n===')], '\n');
      case 6: return join([a, both('<!-- hiddenword\nhiddenword -->', ''), b], '\n\n');
      case 7: return join([a, around(b, '1. ', '')], '\n\n');
      default: return join([a, b], '\n');
    }
  };
  const article = () => {
    const blocks = [];
    for (let n = 1 + Math.floor(random() * 3); n > 0; n--) blocks.push(block());
    if (random() < 0.4) {
      const note = run(2, '');
      blocks.unshift(both(`${word().text}[^1]`));
      blocks.push(around(note, '[^1]: ', ''));
    }
    return join(blocks, '\n\n');
  };
  return Array.from({ length: count }, article);
}
