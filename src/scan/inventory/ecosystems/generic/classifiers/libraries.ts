import { type Classifier, signal } from '../classifier.ts'

/** Libraries that programs bring along, and what they are used by. */
export const libraries: Classifier[] = [
  {
    product: 'openssl',
    cpe: ['openssl:openssl'],
    names: ['openssl', 'libcrypto', 'libssl'],
    signals: [
      signal(
        'OpenSSL ',
        'OpenSSL (\\d{1,2}\\.\\d{1,2}\\.\\d{1,3}[a-z]{0,2}(?:-(?:alpha|beta|pre|dev|fips)\\d{0,2})?) {1,2}\\d{1,2} [A-Z][a-z]{2} (?:19|20)\\d\\d',
      ),
    ],
  },
  {
    product: 'libressl',
    cpe: ['openbsd:libressl'],
    names: ['openssl', 'libcrypto', 'libssl', 'libtls'],
    signals: [signal('LibreSSL ', 'LibreSSL {v}\0')],
  },
  {
    product: 'gnutls',
    cpe: ['gnu:gnutls'],
    names: ['libgnutls'],
    signals: [signal('Enabled GnuTLS ', 'Enabled GnuTLS {v}')],
  },
  {
    product: 'libgcrypt',
    cpe: ['gnupg:libgcrypt'],
    names: ['libgcrypt'],
    signals: [signal('This is Libgcrypt ', 'This is Libgcrypt {v}')],
  },
  {
    product: 'zlib',
    cpe: ['zlib:zlib', 'gnu:zlib'],
    names: ['libz'],
    signals: [signal(' deflate ', ' deflate {v} Copyright'), signal(' inflate ', ' inflate {v} Copyright')],
  },
  {
    product: 'xz',
    cpe: ['tukaani:xz'],
    names: ['xz', 'xzdec', 'lzmainfo', 'liblzma'],
    signals: [
      signal('(XZ Utils) ', '\\(XZ Utils\\) {v}'),
      signal('\0{file}', '\0(5\\.\\d{1,2}\\.\\d{1,2}(?:alpha|beta)?)\0'),
      signal('\x005.', '\0(5\\.\\d{1,2}\\.\\d{1,2}(?:alpha|beta)?)\0'),
    ],
    also: ['(XZ Utils) ', 'lzma_code', 'XZ_5.0'],
  },
  {
    product: 'bzip2',
    cpe: ['bzip:bzip2', 'bzip2_project:bzip2'],
    names: ['bzip2', 'bunzip2', 'libbz2'],
    signals: [
      signal('-20', '\0{v}, \\d{1,2}-[A-Z][a-z]{2}-(?:19|20)\\d\\d\0', 16),
      signal('Version ', 'Version {v}, \\d{1,2}-[A-Z][a-z]{2}-(?:19|20)\\d\\d'),
    ],
  },
  {
    product: 'sqlite',
    cpe: ['sqlite:sqlite'],
    names: ['libsqlite3', 'libsqlite', 'sqlite3', 'sqlite'],
    signals: [signal('\x003.', '\0(3\\.\\d{1,2}\\.\\d{1,2}(?:\\.\\d)?)\0')],
    also: ['SQLite format 3'],
  },
  {
    product: 'curl',
    cpe: ['haxx:curl', 'haxx:libcurl'],
    names: ['curl', 'libcurl', 'libcurl-gnutls'],
    signals: [signal('libcurl/', 'libcurl/{v}[-\0 ]'), signal('curl/', '\0?curl/{v}\0', 1)],
  },
  {
    product: 'expat',
    cpe: ['libexpat_project:libexpat'],
    names: ['libexpat', 'libexpatw'],
    signals: [signal('expat_', 'expat_{v}\0')],
  },
  {
    product: 'libpng',
    cpe: ['libpng:libpng'],
    names: ['libpng', 'libpng16', 'libpng12'],
    signals: [signal('libpng version ', 'libpng version {v}')],
  },
  {
    product: 'libtiff',
    cpe: ['libtiff:libtiff'],
    names: ['libtiff'],
    signals: [signal('LIBTIFF, Version ', 'LIBTIFF, Version {v}')],
  },
  {
    product: 'libjpeg-turbo',
    cpe: ['libjpeg-turbo:libjpeg-turbo'],
    names: ['libjpeg', 'libturbojpeg'],
    signals: [signal('libjpeg-turbo version ', 'libjpeg-turbo version {v}')],
  },
  {
    product: 'libarchive',
    cpe: ['libarchive:libarchive'],
    names: ['libarchive', 'bsdtar'],
    signals: [signal('libarchive ', 'libarchive {v}\0')],
  },
  {
    product: 'libssh2',
    cpe: ['libssh2:libssh2'],
    names: ['libssh2'],
    signals: [signal('SSH-2.0-libssh2_', 'libssh2_{v}')],
  },
  {
    product: 'libpcap',
    cpe: ['tcpdump:libpcap'],
    names: ['libpcap'],
    signals: [signal('libpcap version ', 'libpcap version {v}')],
  },
  {
    product: 'pcre2',
    cpe: ['pcre:pcre2'],
    names: ['libpcre2-8', 'libpcre2-16', 'libpcre2-32'],
    signals: [signal(' 20', '\0{v} 20\\d\\d-\\d\\d-\\d\\d\0', 16)],
  },
  {
    product: 'pcre',
    cpe: ['pcre:pcre'],
    names: ['libpcre', 'libpcre16', 'libpcre32'],
    signals: [signal(' 20', '[^\\d.]{v} 20\\d\\d-\\d\\d-\\d\\d\0', 16)],
  },
  {
    product: 'glibc',
    cpe: ['gnu:glibc'],
    names: ['libc'],
    signals: [signal('GNU C Library ', 'GNU C Library [^\\n\0]{0,80} version {v}\\.?\\n')],
  },
  {
    product: 'ffmpeg',
    cpe: ['ffmpeg:ffmpeg'],
    names: ['ffmpeg', 'ffprobe', 'ffplay', 'libavcodec', 'libavutil', 'libavformat'],
    signals: [signal('FFmpeg version ', 'FFmpeg version n?{v}'), signal('%s version ', '%s version n?{v}')],
  },
  {
    product: 'imagemagick',
    cpe: ['imagemagick:imagemagick'],
    names: ['magick', 'convert', 'libMagickCore-6.Q16', 'libMagickCore-7.Q16', 'libMagickCore-7.Q16HDRI'],
    signals: [signal('ImageMagick ', 'ImageMagick (\\d\\.\\d\\.\\d{1,2}-\\d{1,3}) Q')],
  },
]
