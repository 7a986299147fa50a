import { extname } from 'node:path/posix'
import type { ArchiveEntry } from '../../base/model/visitor.ts'

/** Kinds of files that hold no text of their own: what is in archives, pictures and programs is not looked at. */
const inert = new Set(
  '.png .jpg .jpeg .gif .webp .ico .bmp .tif .tiff .svgz .woff .woff2 .ttf .otf .eot .mp3 .mp4 .ogg .wav .webm .avi .mov .mo .gmo .gz .xz .bz2 .zst .zip .jar .war .ear .7z .rar .tar .tgz .deb .rpm .apk .whl .so .a .o .ko .dll .exe .pyc .pyo .class .node .wasm .pdf .db .sqlite .iso .img .qcow2 .rlib .rmeta'.split(
    ' ',
  ),
)
const smallest = 10

/** Files in which secrets are looked for: all that may be text. */
export function wantsSecretScan(entry: ArchiveEntry): boolean {
  if (entry.type !== 'file' || entry.whiteout !== undefined || entry.size < smallest) return false
  return !inert.has(extname(entry.path).toLowerCase())
}

/** First bytes of text: no NUL among them, unless a byte order mark says UTF-16, or four of them begin a MySQL login path file. */
export function looksLikeText(head: Uint8Array): boolean {
  const isLogin = head.length < 4096 && head.length > 40 && head.subarray(0, 4).every(byte => byte === 0)
  return isUtf16(head) || isLogin || !head.subarray(0, 4096).includes(0)
}

export function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
}
