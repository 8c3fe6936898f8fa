// What is in a file of Word or Excel: both are archives of XML.

import { inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const ENTRY = 0x02014b50;

// The files of an archive by name, as text.
export function unzip(bytes) {
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new Error(`no archive: ${bytes.length} bytes that begin with ${bytes.subarray(0, 40)}`);
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error("the archive's list of files is broken");
    const [method, size, nameLength, extraLength, noteLength, from] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), ...[28, 30, 32].map((place) => bytes.readUInt16LE(at + place)), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const begin = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
    const packed = bytes.subarray(begin, begin + size);
    files.set(name, (method === 0 ? packed : inflateRawSync(packed)).toString("utf8"));
    at += 46 + nameLength + extraLength + noteLength;
  }
  return files;
}

function file(files, name) {
  if (!files.has(name)) throw new Error(`${name} is missing; there are ${[...files.keys()].join(", ")}`);
  return files.get(name);
}

const ENTITIES = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
const plain = (xml) => xml.replace(/<[^>]*>/g, "").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code)).replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ENTITIES[name]);
const all = (xml, tag) => [...xml.matchAll(new RegExp(`<${tag}(?:\\s[^>]*[^/])?>(.*?)</${tag}>`, "gs"))].map(([, inner]) => inner);

// The paragraphs of a Word document.
export const paragraphs = (files) => all(file(files, "word/document.xml"), "w:p").map(plain);

// The rows of a workbook's first sheet, each by the names in its first row.
export function records(files) {
  const shared = files.has("xl/sharedStrings.xml") ? all(files.get("xl/sharedStrings.xml"), "si").map(plain) : [];
  const text = (type, inner) => (type === "s" ? shared[Number(plain(inner))] : plain(inner));
  const cell = ([, column, attributes, inner]) => [column, text(attributes.match(/ t="(\w+)"/)?.[1], inner ?? "")];
  const rows = all(file(files, "xl/worksheets/sheet1.xml"), "row").map((row) => [...row.matchAll(/<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(cell));
  const [names, ...others] = rows.map((cells) => new Map(cells));
  return others.map((cells) => Object.fromEntries([...names].map(([column, name]) => [name, cells.get(column) ?? ""])));
}
