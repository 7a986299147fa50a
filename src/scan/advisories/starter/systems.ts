/**
 * Famous vulnerabilities of operating system packages, by the vendors' own words. A line: ecosystem (several joined by commas) | package (the name that this vendor's advisories use) | CVE |
 * severity | the version with the fix, or a status | note or -.
 */
export const systemRows = `
Debian:7 | openssl | CVE-2014-0160 | HIGH | 1.0.1e-2+deb7u5 | DSA-2896-1
Debian:7 | bash | CVE-2014-6271 | CRITICAL | 4.2+dfsg-0.1+deb7u1 | DSA-3032-1
Debian:7 | bash | CVE-2014-7169 | CRITICAL | 4.2+dfsg-0.1+deb7u3 | DSA-3035-1
Debian:7 | eglibc | CVE-2015-0235 | HIGH | 2.13-38+deb7u7 | DSA-3142-1
Debian:9 | sudo | CVE-2021-3156 | HIGH | 1.8.19p1-2.1+deb9u3 | DLA-2534-1
Debian:10 | sudo | CVE-2021-3156 | HIGH | 1.8.27-1+deb10u3 | DSA-4839-1
Debian:12 | sudo | CVE-2025-32462 | LOW | 1.9.13p3-1+deb12u2 | DSA-5954-1
Debian:9 | apache-log4j2 | CVE-2021-44228 | CRITICAL | 2.7-2+deb9u1 | DLA-2842-1
Debian:10 | apache-log4j2 | CVE-2021-44228 | CRITICAL | 2.15.0-1~deb10u1 | DSA-5020-1
Debian:11 | apache-log4j2 | CVE-2021-44228 | CRITICAL | 2.15.0-1~deb11u1 | DSA-5020-1
Debian:10 | policykit-1 | CVE-2021-4034 | HIGH | 0.105-25+deb10u1 | DSA-5059-1
Debian:11 | policykit-1 | CVE-2021-4034 | HIGH | 0.105-31+deb11u1 | DSA-5059-1
Debian:10 | redis | CVE-2022-0543 | CRITICAL | 5:5.0.14-1+deb10u2 | DSA-5081-1
Debian:11 | redis | CVE-2022-0543 | CRITICAL | 5:6.0.16-1+deb11u2 | DSA-5081-1
Debian:10 | nginx | CVE-2021-23017 | HIGH | 1.14.2-2+deb10u4 | DSA-4921-1
Debian:10 | openssl | CVE-2022-0778 | HIGH | 1.1.1d-0+deb10u8 | DSA-5103-1
Debian:11 | openssl | CVE-2022-0778 | HIGH | 1.1.1k-1+deb11u2 | DSA-5103-1
Debian:10 | openssl | CVE-2023-0286 | HIGH | 1.1.1n-0+deb10u4 | DLA-3325-1
Debian:11 | openssl | CVE-2023-0286 | HIGH | 1.1.1n-0+deb11u4 | DSA-5343-1
Debian:12 | openssl | CVE-2024-5535 | CRITICAL | 3.0.15-1~deb12u1 | -
Debian:10 | zlib | CVE-2018-25032 | HIGH | 1:1.2.11.dfsg-1+deb10u1 | DSA-5111-1
Debian:11 | zlib | CVE-2018-25032 | HIGH | 1:1.2.11.dfsg-2+deb11u1 | DSA-5111-1
Debian:10 | zlib | CVE-2022-37434 | CRITICAL | 1:1.2.11.dfsg-1+deb10u2 | DLA-3103-1
Debian:11 | zlib | CVE-2022-37434 | CRITICAL | 1:1.2.11.dfsg-2+deb11u2 | DSA-5218-1
Debian:12 | zlib | CVE-2023-45853 | CRITICAL | will_not_fix | ignored
Debian:10 | expat | CVE-2022-40674 | HIGH | 2.2.6-2+deb10u5 | DLA-3119-1
Debian:11 | expat | CVE-2022-40674 | HIGH | 2.2.10-2+deb11u4 | DSA-5236-1
Debian:12 | expat | CVE-2024-45490 | CRITICAL | 2.5.0-1+deb12u1 | -
Debian:12 | expat | CVE-2024-45491 | CRITICAL | 2.5.0-1+deb12u1 | -
Debian:10 | xz-utils | CVE-2022-1271 | HIGH | 5.2.4-1+deb10u1 | DSA-5123-1
Debian:11 | xz-utils | CVE-2022-1271 | HIGH | 5.2.5-2.1~deb11u1 | DSA-5123-1
Debian:10 | gzip | CVE-2022-1271 | HIGH | 1.9-3+deb10u1 | DSA-5122-1
Debian:11 | gzip | CVE-2022-1271 | HIGH | 1.10-4+deb11u1 | DSA-5122-1
Debian:11,Debian:12 | xz-utils | CVE-2024-3094 | CRITICAL | not_affected | -
Debian:13,Debian:unstable | xz-utils | CVE-2024-3094 | CRITICAL | 5.6.1+really5.4.5-1 | -
Debian:11 | openssh | CVE-2024-6387 | HIGH | not_affected | -
Debian:12 | openssh | CVE-2024-6387 | HIGH | 1:9.2p1-2+deb12u3 | DSA-5724-1
Debian:13,Debian:unstable | openssh | CVE-2024-6387 | HIGH | 1:9.7p1-7 | -
Debian:11 | glibc | CVE-2023-4911 | HIGH | 2.31-13+deb11u7 | DSA-5514-1
Debian:12 | glibc | CVE-2023-4911 | HIGH | 2.36-9+deb12u3 | DSA-5514-1
Debian:12 | glibc | CVE-2023-6246 | HIGH | 2.36-9+deb12u4 | -
Debian:12 | glibc | CVE-2024-2961 | HIGH | 2.36-9+deb12u6 | DSA-5673-1
Debian:12 | glibc | CVE-2024-33599 | HIGH | 2.36-9+deb12u7 | -
Debian:12 | glibc | CVE-2025-4802 | HIGH | 2.36-9+deb12u11 | -
Debian:11 | curl | CVE-2023-38545 | CRITICAL | 7.74.0-1.3+deb11u10 | DSA-5523-1
Debian:12 | curl | CVE-2023-38545 | CRITICAL | 7.88.1-10+deb12u4 | DSA-5523-1
Debian:11 | libwebp | CVE-2023-4863 | HIGH | 0.6.1-2.1+deb11u2 | DSA-5497-2
Debian:12 | libwebp | CVE-2023-4863 | HIGH | 1.2.4-0.2+deb12u1 | DSA-5497-2
Debian:12 | runc | CVE-2024-21626 | HIGH | 1.1.5+ds1-1+deb12u1 | -
Debian:12 | nghttp2 | CVE-2023-44487 | HIGH | 1.52.0-1+deb12u1 | -
Debian:12 | util-linux | CVE-2024-28085 | LOW | 2.38.1-5+deb12u1 | -
Debian:12 | perl | CVE-2023-31484 | HIGH | 5.36.0-7+deb12u3 | -
Debian:12 | perl | CVE-2023-47038 | HIGH | 5.36.0-7+deb12u1 | -
Debian:12 | gnutls28 | CVE-2024-0553 | HIGH | 3.7.9-2+deb12u2 | -
Debian:12 | gnutls28 | CVE-2024-0567 | HIGH | 3.7.9-2+deb12u2 | -
Debian:12 | rsync | CVE-2024-12085 | HIGH | 3.2.7-1+deb12u1 | -
Debian:12 | krb5 | CVE-2024-37371 | CRITICAL | 1.20.1-2+deb12u2 | -
Debian:12 | libxml2 | CVE-2024-56171 | HIGH | 2.9.14+dfsg-1.3~deb12u2 | -
Debian:12 | sqlite3 | CVE-2023-7104 | HIGH | 3.40.1-2+deb12u1 | -
Debian:12 | tar | CVE-2022-48303 | MEDIUM | 1.34+dfsg-1.2+deb12u1 | -
Debian:11,Debian:12,Debian:13 | apt | CVE-2011-3374 | LOW | affected | unimportant
Debian:11,Debian:12,Debian:13 | tar | CVE-2005-2541 | LOW | affected | unimportant
Alpine:v3.10 | musl | CVE-2019-14697 | CRITICAL | 1.1.22-r3 | -
Alpine:v3.11 | musl | CVE-2019-14697 | CRITICAL | 1.1.23-r2 | -
Alpine:v3.10,Alpine:v3.11 | curl | CVE-2019-5482 | CRITICAL | 7.66.0-r0 | -
Alpine:v3.10,Alpine:v3.11 | expat | CVE-2019-15903 | HIGH | 2.2.7-r1 | -
Alpine:v3.10,Alpine:v3.11 | bzip2 | CVE-2019-12900 | CRITICAL | 1.0.6-r7 | -
Alpine:v3.11 | openssl | CVE-2019-1551 | MEDIUM | 1.1.1d-r3 | -
Alpine:v3.18 | openssl | CVE-2024-0727 | MEDIUM | 3.1.4-r5 | -
Alpine:v3.18 | curl | CVE-2023-38545 | CRITICAL | 8.4.0-r0 | -
Alpine:v3.18 | nghttp2 | CVE-2023-44487 | HIGH | 1.57.0-r0 | -
AlmaLinux:8 | polkit | CVE-2021-4034 | HIGH | 0.115-13.el8_5.2 | ALSA-2022:0267
AlmaLinux:8 | openssl openssl-libs | CVE-2022-0778 | HIGH | 1:1.1.1k-6.el8_5 | ALSA-2022:1065
AlmaLinux:8 | openssl openssl-libs | CVE-2023-0286 | HIGH | 1:1.1.1k-9.el8_7 | ALSA-2023:1405
AlmaLinux:9 | openssl openssl-libs | CVE-2022-3602 | HIGH | 1:3.0.1-43.el9_0 | ALSA-2022:7288
AlmaLinux:9 | openssl openssl-libs | CVE-2023-0286 | HIGH | 1:3.0.1-47.el9_1 | ALSA-2023:0946
AlmaLinux:8 | zlib | CVE-2018-25032 | HIGH | 1.2.11-18.el8_5 | ALSA-2022:1642
AlmaLinux:8 | zlib | CVE-2022-37434 | MEDIUM | 1.2.11-19.el8_6 | ALSA-2022:7106
AlmaLinux:9 | zlib | CVE-2022-37434 | MEDIUM | 1.2.11-32.el9_0 | ALSA-2022:7314
AlmaLinux:8 | expat | CVE-2022-40674 | HIGH | 2.2.5-8.el8_6.3 | ALSA-2022:6878
AlmaLinux:9 | expat | CVE-2022-40674 | HIGH | 2.2.10-12.el9_0.3 | ALSA-2022:6838
AlmaLinux:8 | expat | CVE-2024-45490 | MEDIUM | 2.2.5-15.el8_10 | ALSA-2024:6989
AlmaLinux:9 | expat | CVE-2024-45490 | MEDIUM | 2.5.0-2.el9_4.1 | ALSA-2024:6754
AlmaLinux:8 | glibc glibc-common | CVE-2023-4911 | HIGH | 2.28-225.el8_8.6 | ALSA-2023:5455
AlmaLinux:9 | glibc glibc-common | CVE-2023-4911 | HIGH | 2.34-60.el9_2.7 | ALSA-2023:5453
AlmaLinux:8 | glibc glibc-common | CVE-2024-2961 | HIGH | 2.28-236.el8_9.13 | ALSA-2024:2722
AlmaLinux:9 | glibc glibc-common | CVE-2024-2961 | HIGH | 2.34-100.el9_4.2 | ALSA-2024:3339
AlmaLinux:9 | openssh openssh-server | CVE-2024-6387 | HIGH | 8.7p1-38.el9_4.1 | ALSA-2024:4312
AlmaLinux:9 | curl libcurl | CVE-2023-38545 | HIGH | 7.76.1-23.el9_2.4 | ALSA-2023:5763
AlmaLinux:8 | libwebp | CVE-2023-4863 | HIGH | 1.0.0-8.el8_8.1 | ALSA-2023:5309
AlmaLinux:9 | libwebp | CVE-2023-4863 | HIGH | 1.2.0-7.el9_2 | ALSA-2023:5214
AlmaLinux:8 | libnghttp2 | CVE-2023-44487 | HIGH | 1.33.0-5.el8_8 | ALSA-2023:5837
AlmaLinux:9 | libnghttp2 | CVE-2023-44487 | HIGH | 1.43.0-5.el9_2.1 | ALSA-2023:5838
AlmaLinux:9 | runc | CVE-2024-21626 | HIGH | 4:1.1.12-1.el9_3 | ALSA-2024:0670
AlmaLinux:8 | rsync | CVE-2024-12085 | HIGH | 3.1.3-20.el8_10 | ALSA-2025:0325
AlmaLinux:9 | rsync | CVE-2024-12085 | HIGH | 3.2.3-20.el9_5.1 | ALSA-2025:0324
AlmaLinux:8 | sudo | CVE-2025-32462 | HIGH | 1.9.5p2-1.el8_10.1 | ALSA-2025:10110
AlmaLinux:9 | sudo | CVE-2025-32462 | HIGH | 1.9.5p2-10.el9_6.1 | ALSA-2025:9978`

/** What the flaws above are: CVE | title | CVSS or -. */
export const systemFlaws = `
CVE-2005-2541 | tar does not warn of setuid files | -
CVE-2011-3374 | apt-key does not check signatures of keys | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:L/A:N
CVE-2014-0160 | Heartbleed: OpenSSL discloses memory by heartbeats | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N
CVE-2014-6271 | Shellshock: bash runs code in environment variables | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2014-7169 | Shellshock's first fix is incomplete | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2015-0235 | GHOST: glibc's gethostbyname overflows | -
CVE-2018-25032 | zlib corrupts memory when deflating | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H
CVE-2019-1551 | OpenSSL overflows in Montgomery squaring | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N
CVE-2019-5482 | curl's TFTP overflows the heap | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2019-12900 | bzip2 writes out of bounds | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2019-14697 | musl's x87 stack is not balanced | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2019-15903 | expat reads out of bounds | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H
CVE-2021-3156 | Baron Samedit: sudo overflows the heap | CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H
CVE-2021-4034 | PwnKit: pkexec gives root | CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H
CVE-2021-23017 | nginx's resolver writes one byte out of bounds | -
CVE-2022-0543 | Debian's redis lets Lua out of its sandbox | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H
CVE-2022-0778 | OpenSSL loops for ever in BN_mod_sqrt | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H
CVE-2022-1271 | zgrep and xzgrep write to chosen files | CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H
CVE-2022-3602 | OpenSSL overflows by X.509 e-mail addresses | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H
CVE-2022-37434 | zlib overflows the heap in inflateGetHeader | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2022-40674 | expat uses freed memory in doContent | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2022-48303 | tar reads one byte out of bounds | CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H
CVE-2023-0286 | OpenSSL confuses X.400 addresses | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:H
CVE-2023-4863 | libwebp writes out of bounds in BuildHuffmanTable | CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H
CVE-2023-4911 | Looney Tunables: glibc's loader overflows by GLIBC_TUNABLES | CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H
CVE-2023-6246 | glibc's syslog overflows the heap | CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H
CVE-2023-7104 | SQLite overflows in the session extension | -
CVE-2023-31484 | CPAN.pm does not check TLS certificates | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2023-38545 | curl's SOCKS5 overflows the heap | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2023-44487 | HTTP/2 rapid reset | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H
CVE-2023-45853 | MiniZip overflows by long names | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2023-47038 | perl writes out of bounds when compiling a regular expression | -
CVE-2024-0553 | GnuTLS leaks by timing (fix of CVE-2023-5981 is incomplete) | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N
CVE-2024-0567 | GnuTLS refuses crossed certificate chains and ends | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H
CVE-2024-0727 | OpenSSL crashes on PKCS12 files | CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H
CVE-2024-2961 | glibc's iconv overflows by ISO-2022-CN-EXT | -
CVE-2024-3094 | xz-utils carries a back door | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H
CVE-2024-5535 | OpenSSL's SSL_select_next_proto reads out of bounds | -
CVE-2024-6387 | regreSSHion: sshd gives root by a signal race | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2024-12085 | rsync discloses memory of the daemon | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N
CVE-2024-21626 | Leaky Vessels: container break-out through a leaked descriptor | CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H
CVE-2024-28085 | WallEscape: wall passes escape sequences | -
CVE-2024-33599 | nscd overflows the stack | -
CVE-2024-37371 | krb5 reads out of bounds in GSS message tokens | -
CVE-2024-45490 | expat accepts negative lengths | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2024-45491 | expat overflows in dtdCopy | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
CVE-2024-56171 | libxml2 uses freed memory in schema validation | -
CVE-2025-4802 | static setuid programs honour LD_LIBRARY_PATH | -
CVE-2025-32462 | sudo takes host rules for other hosts | -
CVE-2021-44228 | Log4Shell: code execution by JNDI look-ups in logged text | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H`
