// What people see: texts in two languages, the files they choose, the verdict.
const TEXTS = {
  'zh-CN': {
    title: '轮候册公布核验',
    what: '选择下载的轮候册公布文件（CSV 或 JSON），本页在您的浏览器内重新计算排序和默克尔根，并核对签名。文件不会上传。',
    list: '轮候册', file: '公布文件', city: '城市代码', programme: '保障方式', fetch: '取最新公布并核验',
    mine: '核对本户（可选）', receipt: '受理编号', proof: '本户证明文件', key: '主管机构公钥（可选）', verify: '开始核验',
    offline: '本页不加载任何外部内容，另存到本地后可离线使用。',
    sound: '核验通过：签名、排序、默克尔根一致。', unsigned: '排序和默克尔根一致；本浏览器不支持 Ed25519，签名未核对。',
    publication: '公布', households: '户数', root: '默克尔根', signer: '签名公钥', row: '本户', proven: '该行确属证明所指家庭，且在此根之下。',
    noRow: '名册中没有该受理编号。', noFile: '请先选择文件。', line: '第 {line} 行：', rows: '{rows} 行', failed: '无法取得公布文件：',
    other: 'English',
    faults: {
      form: '不是轮候册公布文件', statement: '声明不可读', signature: '签名与声明不符', key: '签名公钥不是所给的公钥', columns: '列名行不符',
      row: '不是公布时的行', rank: '序号与所在位置不符', order: '排序错误：此行不应在上一行之后', lot: '摇号结果与种子不符', more: '文件多出内容',
      missing: '缺少行', end: '文件不完整', root: '各行算不出声明中的根：有行被改动', districts: '各区户数与声明不符', utf8: '不是 UTF-8 文本',
      proof: '不是证明文件', otherRow: '证明属于另一行', binding: '该行不属于证明所指家庭', path: '证明路径不通向此根',
    },
  },
  en: {
    title: 'Verify a published waiting list',
    what: 'Choose a downloaded publication (CSV or JSON). This page recomputes order and Merkle root in your browser and checks the signature. Nothing is uploaded.',
    list: 'The list', file: 'Publication', city: 'City code', programme: 'Programme', fetch: 'Fetch the newest and verify',
    mine: 'Your own row (optional)', receipt: 'Receipt number', proof: 'Your proof file', key: 'The authority’s key (optional)', verify: 'Verify',
    offline: 'This page loads nothing from elsewhere; saved to disk it works offline.',
    sound: 'Sound: signature, order and root agree.', unsigned: 'Order and root agree; this browser knows no Ed25519, the signature was not checked.',
    publication: 'Publication', households: 'Households', root: 'Root', signer: 'Signed with', row: 'Your row', proven: 'The row is that of the proof’s household, and lies under this root.',
    noRow: 'No row has this receipt number.', noFile: 'Choose a file first.', line: 'Line {line}: ', rows: '{rows} rows', failed: 'The publication could not be fetched: ',
    other: '中文',
    faults: {
      form: 'not a publication', statement: 'the statement is not readable', signature: 'the signature does not fit the statement', key: 'signed with another key than the given one', columns: 'the line of columns is another',
      row: 'not a row as it is published', rank: 'the rank is not that of its place', order: 'the row does not come after the one before it', lot: 'the lot is not the one that the seed draws', more: 'there is more than the statement says',
      missing: 'rows are missing', end: 'the file is not whole', root: 'the rows do not give the root: a row was changed', districts: 'the districts do not count what the statement says', utf8: 'not UTF-8',
      proof: 'not a proof', otherRow: 'the proof is for another row', binding: 'the row is not bound to the household of the proof', path: 'the path does not lead to the root',
    },
  },
};

const element = id => document.getElementById(id);
let language = new URLSearchParams(location.search).get('lang') || (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
const texts = () => TEXTS[language] || TEXTS.en;
let shown = () => {};

function speak() {
  document.documentElement.lang = language;
  document.querySelectorAll('[data-text]').forEach(one => { one.textContent = texts()[one.dataset.text]; });
  element('language').textContent = texts().other;
  shown();
}

function show(kind, verdict, lines) {
  document.documentElement.dataset.state = kind;
  const result = element('result');
  result.className = kind;
  result.replaceChildren(...[verdict, ...lines].map((text, i) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    if (i === 0) paragraph.className = 'verdict';
    return paragraph;
  }));
}

function showSound({statement, row, isSigned}, isProven) {
  const t = texts();
  const lines = [
    `${t.publication}: ${statement.cityCode}/${statement.programme} ${statement.period} (${statement.asOf})`,
    `${t.households}: ${statement.total}`, `${t.root}: ${statement.root}`,
    `${t.signer}: ${statement.signingKey.keyId} ${statement.signingKey.publicKey}`,
  ];
  if (element('receipt').value) lines.push(row ? `${t.row}: ${row}` : t.noRow);
  if (isProven) lines.push(t.proven);
  show(isSigned ? 'sound' : 'unsigned', isSigned ? t.sound : t.unsigned, lines);
}

function showFault(fault) {
  const t = texts();
  const place = fault.line ? t.line.replace('{line}', fault.line) : '';
  show('fault', fault instanceof Fault ? place + t.faults[fault.code] : t.failed + fault.message, fault.detail ? [fault.detail] : []);
}

function progress(part, rows) {
  const bar = element('progress');
  bar.hidden = false;
  if (part === undefined) bar.removeAttribute('value'); else bar.value = part;
  element('done').textContent = texts().rows.replace('{rows}', rows);
}

async function verify(open) {
  document.documentElement.dataset.state = 'working';
  try {
    const {stream, size} = await open();
    const verification = new Verification(element('receipt').value.trim().toUpperCase(), element('key').value.trim().toLowerCase());
    await readLines(stream, size, verification, progress);
    const found = await verification.finish();
    const proof = element('proof').files[0];
    if (proof && found.row) checkProof(await proof.text(), found.statement.root, found.row);
    shown = () => showSound(found, proof && found.row);
  } catch (fault) {
    shown = () => showFault(fault);
  }
  element('progress').hidden = true;
  shown();
}

async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(answer.status + ' ' + path);
  return answer;
}

async function newest(form) {
  const list = [element('city').value, element('programme').value].map(encodeURIComponent).join('/');
  const publication = await (await get(`/v1/waiting-lists/${list}/latest-publication`)).json();
  const file = await get(`/v1/publications/${publication.publicationId}/${form}`);
  return {stream: file.body, size: 0};
}

element('language').addEventListener('click', () => { language = language === 'en' ? 'zh-CN' : 'en'; speak(); });
element('fetch').addEventListener('click', () => verify(() => newest('csv')));
element('verify').addEventListener('click', () => {
  const file = element('file').files[0];
  if (!file) { show('fault', texts().noFile, []); return; }
  verify(async () => ({stream: file.stream(), size: file.size}));
});
element('online').hidden = location.protocol === 'file:';
speak();

// a link such as /verify?city=370200&programme=public-rental begins at once
const asked = new URLSearchParams(location.search);
if (asked.has('city') && asked.has('programme')) {
  for (const name of ['city', 'programme', 'receipt', 'key']) if (asked.has(name)) element(name).value = asked.get(name);
  verify(() => newest(asked.get('form') === 'json' ? 'json' : 'csv'));
}
