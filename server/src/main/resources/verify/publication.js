// The form of a publication, and its check: the same rules as the command line's `verify publication`.
const FORMAT = 'anju-publication-1';
const COLUMNS = [
  ['rank', /^[1-9][0-9]{0,8}$/, true],
  ['receiptNumber', /^[0-9A-Z-]{8,24}$/],
  ['maskedName', /^[A-Za-z\u{3400}-\u{dfff}\u{10000}-\u{10ffff}]?\*{2}$/u],
  ['householdSize', /^[1-9][0-9]?$/, true],
  ['districtCode', /^[0-9]{6}$/],
  ['category', /^[a-z0-9-]{1,40}$/],
  ['score', /^-?[0-9]{1,6}(\.[0-9]{1,8})?$/],
  ['priority', /^([1-9][0-9]{0,8})?$/],
  ['since', /^([0-9]{4}-[0-9]{2}-[0-9]{2})?$/],
  ['draw', /^([0-9a-f]{32})?$/],
  ['appliedAt', /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$/],
  ['registeredAt', /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$/],
  ['deferred', /^(0|[1-9][0-9]{0,15})$/, true],
  ['binding', /^[0-9a-f]{64}$/],
];
const NAMES = COLUMNS.map(column => column[0]);
const UTF8 = new TextEncoder();
const LEAF = Uint8Array.of(0), NODE = Uint8Array.of(1);

class Fault extends Error {
  constructor(code, line, detail) { super(code); this.code = code; this.line = line; this.detail = detail || ''; }
}

const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const unhex = text => Uint8Array.from(text.match(/../g) || [], pair => parseInt(pair, 16));
const isHex = (text, bytes) => typeof text === 'string' && text.length === 2 * bytes && /^[0-9a-f]*$/.test(text);
const leafOf = text => SHA256(LEAF, UTF8.encode(text));

class Tree {
  constructor() { this.subtrees = []; }
  add(leaf) {
    let leaves = 1, hash = leaf;
    while (this.subtrees.length && this.subtrees[this.subtrees.length - 1].leaves === leaves) {
      hash = SHA256(NODE, this.subtrees.pop().hash, hash);
      leaves *= 2;
    }
    this.subtrees.push({leaves, hash});
  }
  root() {
    return this.subtrees.length
      ? this.subtrees.map(one => one.hash).reduceRight((right, left) => SHA256(NODE, left, right))
      : SHA256();
  }
}

function rootOf(leaf, index, size, path) {
  let hash = leaf, used = 0;
  for (let at = index, last = size - 1; last > 0; at = Math.floor(at / 2), last = Math.floor(last / 2)) {
    if (at === last && at % 2 === 0) continue;
    if (used === path.length) return null;
    const beside = path[used++];
    hash = at % 2 ? SHA256(NODE, beside, hash) : SHA256(NODE, hash, beside);
  }
  return used === path.length ? hash : null;
}

const FORMS = {
  csv: {
    head: ['\ufeff#statement ', '', '#signature ', '', NAMES.join(',')],
    tail: [],
    values: line => line.split(','),
    line: values => values.join(','),
  },
  json: {
    head: ['{"statement":', ',', '"signature":"', '",', '"lines":['],
    tail: [']}'],
    values: line => { try { return Object.values(JSON.parse(line.replace(/,$/, ''))).map(String); } catch (e) { return []; } },
    line: (values, isLast) => '{' + values.map((value, i) =>
      `"${NAMES[i]}":${COLUMNS[i][2] ? value : `"${value}"`}`).join(',') + (isLast ? '}' : '},'),
  },
};

function between(line, before, after, code, number) {
  if (line === undefined || !line.startsWith(before) || !line.endsWith(after)) throw new Fault(code, number);
  return line.slice(before.length, line.length - after.length);
}

const decimal = text => {
  const [whole, part = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + part.padEnd(8, '0'));
  return text.startsWith('-') ? -value : value;
};

function comparator(order) {
  const keys = order.map(key => ({
    at: NAMES.indexOf(key.column),
    sign: {ascending: 1, descending: -1}[key.direction],
    of: {number: decimal, text: text => text}[key.type],
  }));
  if (!keys.length || keys.some(key => key.at < 0 || !key.sign || !key.of)) throw new Fault('statement', 1);
  return (first, second) => {
    for (const {at, sign, of} of keys) {
      const a = first[at], b = second[at];
      if (a === b) continue;
      if (a === '' || b === '') return a === '' ? sign : -sign;
      const x = of(a), y = of(b);
      if (x !== y) return x < y ? -sign : sign;
    }
    return 0;
  };
}

/** Takes the lines of a file one after the other; `finish` gives what was found. */
class Verification {
  constructor(receipt, trustedKey) {
    this.receipt = receipt;
    this.trustedKey = trustedKey;
    this.number = 0;
    this.rank = 0;
    this.tree = new Tree();
    this.districts = new Map();
  }

  take(line) {
    this.number++;
    if (this.number === 1) this.takeStatement(line);
    else if (this.number === 2) this.takeSignature(line);
    else if (this.number === 3) { if (line !== this.form.head[4]) throw new Fault('columns', 3); }
    else if (this.rank < this.statement.total) this.takeRow(line);
    else if (line !== this.form.tail[this.number - 4 - this.statement.total]) throw new Fault('more', this.number);
  }

  takeStatement(line) {
    this.form = line.startsWith(FORMS.csv.head[0]) ? FORMS.csv : line.startsWith(FORMS.json.head[0]) ? FORMS.json : null;
    if (!this.form) throw new Fault('form', 1);
    this.text = between(line, this.form.head[0], this.form.head[1], 'statement', 1);
    try { this.statement = JSON.parse(this.text); } catch (e) { throw new Fault('statement', 1); }
    const said = this.statement;
    if (!said || said.format !== FORMAT || String(said.columns) !== String(NAMES) || !Number.isInteger(said.total)
        || !Array.isArray(said.order) || !Array.isArray(said.districts) || !said.signingKey
        || !isHex(said.root, 32) || !isHex(said.signingKey.publicKey, 32)) throw new Fault('statement', 1);
    if (this.trustedKey && this.trustedKey !== said.signingKey.publicKey) throw new Fault('key', 1);
    this.compare = comparator(said.order);
    this.lots = said.order.filter(key => key.seed !== undefined);
  }

  takeSignature(line) {
    this.signature = between(line, this.form.head[2], this.form.head[3], 'signature', 2);
    if (!isHex(this.signature, 64)) throw new Fault('signature', 2);
  }

  takeRow(line) {
    this.rank++;
    const values = this.form.values(line);
    if (values.length !== COLUMNS.length || !values.every((value, i) => COLUMNS[i][1].test(value))
        || line !== this.form.line(values, this.rank === this.statement.total)) throw new Fault('row', this.number);
    if (values[0] !== String(this.rank)) throw new Fault('rank', this.number, values[0]);
    if (this.before && this.compare(this.before, values) >= 0) throw new Fault('order', this.number, values[1]);
    for (const {seed} of this.lots) {
      if (hex(SHA256(UTF8.encode(seed + '\n' + values[1]))).slice(0, 32) !== values[9]) throw new Fault('lot', this.number);
    }
    const text = values.join(',');
    this.tree.add(leafOf(text));
    this.districts.set(values[4], (this.districts.get(values[4]) || 0) + 1);
    if (values[1] === this.receipt) this.found = text;
    this.before = values;
  }

  async finish() {
    if (!this.statement || this.number < 3) throw new Fault('end', this.number + 1);
    if (this.rank < this.statement.total) throw new Fault('missing', this.number + 1, String(this.rank));
    if (this.number !== 3 + this.statement.total + this.form.tail.length) throw new Fault('end', this.number + 1);
    if (hex(this.tree.root()) !== this.statement.root) throw new Fault('root', 0);
    const counted = [...this.districts].sort().map(([districtCode, households]) => ({districtCode, households}));
    if (JSON.stringify(counted) !== JSON.stringify(this.statement.districts)) throw new Fault('districts', 0);
    const isSigned = await this.checkSignature();
    if (isSigned === false) throw new Fault('signature', 2);
    return {statement: this.statement, row: this.found, isSigned: isSigned === true};
  }

  /** True, false, or undefined where this browser knows no Ed25519. */
  async checkSignature() {
    if (!globalThis.crypto || !crypto.subtle) return undefined;
    let key;
    try {
      key = await crypto.subtle.importKey(
        'raw', unhex(this.statement.signingKey.publicKey), {name: 'Ed25519'}, false, ['verify']);
    } catch (e) { return undefined; }
    return crypto.subtle.verify({name: 'Ed25519'}, key, unhex(this.signature), UTF8.encode(this.text));
  }
}

function checkProof(json, root, row) {
  let proof;
  try { proof = JSON.parse(json); } catch (e) { throw new Fault('proof', 0); }
  const isWhole = proof && typeof proof.row === 'string' && isHex(proof.salt, 32) && Array.isArray(proof.path)
    && proof.path.every(one => isHex(one, 32)) && Number.isInteger(proof.index) && Number.isInteger(proof.size)
    && [proof.registrationId, proof.applicationId].every(id => isHex(String(id).replaceAll('-', ''), 16));
  if (!isWhole) throw new Fault('proof', 0);
  if (proof.row !== row) throw new Fault('otherRow', 0);
  const id = text => unhex(text.replaceAll('-', ''));
  const binding = SHA256(UTF8.encode('anju-binding-1'), unhex(proof.salt), id(proof.registrationId), id(proof.applicationId));
  if (!row.endsWith(',' + hex(binding))) throw new Fault('binding', 0);
  const reached = proof.index >= 0 && proof.index < proof.size
    ? rootOf(leafOf(row), proof.index, proof.size, proof.path.map(unhex)) : null;
  if (!reached || hex(reached) !== root) throw new Fault('path', 0);
}

/** Feeds a stream's lines to the verification, and lets the page live between pieces. */
async function readLines(stream, size, verification, onProgress) {
  const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
  const reader = stream.getReader();
  let rest = '', read = 0, paused = performance.now();
  for (;;) {
    const {done, value} = await reader.read();
    let text;
    try { text = rest + (done ? decoder.decode() : decoder.decode(value, {stream: true})); }
    catch (e) { throw new Fault('utf8', verification.number + 1); }
    let from = 0;
    for (let end; (end = text.indexOf('\n', from)) >= 0; from = end + 1) verification.take(text.slice(from, end));
    rest = text.slice(from);
    if (rest.length > 1 << 20) throw new Fault('row', verification.number + 1);
    if (done) break;
    read += value.length;
    onProgress(size ? read / size : undefined, verification.rank);
    if (performance.now() - paused > 50) {
      await new Promise(resume => setTimeout(resume));
      paused = performance.now();
    }
  }
  if (rest !== '') throw new Fault('end', verification.number + 1);
}
