// SHA-256 (FIPS 180-4) without WebCrypto: that one is asynchronous, and a list has millions of short hashes.
const SHA256 = (() => {
  const K = new Uint32Array(64);
  const START = new Uint32Array(8);
  for (let n = 2, found = 0; found < 64; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) START[found] = (Math.sqrt(n) % 1) * 4294967296;
    K[found++] = (Math.cbrt(n) % 1) * 4294967296;
  }
  const W = new Uint32Array(64);
  const H = new Uint32Array(8);

  function block(bytes, at) {
    for (let i = 0; i < 16; i++, at += 4) {
      W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = W[i - 15], y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = W[i - 16] + s0 + W[i - 7] + s1;
    }
    let a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    H[0] += a; H[1] += b; H[2] += c; H[3] += d; H[4] += e; H[5] += f; H[6] += g; H[7] += h;
  }

  return (...parts) => {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const padded = new Uint8Array((length + 72) & ~63);
    let at = 0;
    for (const part of parts) { padded.set(part, at); at += part.length; }
    padded[length] = 128;
    new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(length) * 8n);
    H.set(START);
    for (let from = 0; from < padded.length; from += 64) block(padded, from);
    const hash = new Uint8Array(32);
    for (let i = 0; i < 32; i++) hash[i] = H[i >> 2] >>> (24 - 8 * (i & 3));
    return hash;
  };
})();
