/**
 * Where distributions stand on flaws of languages.ts in packages of their own, which keep the old version in the language's metadata: Debian by the packages' changelogs
 * and dependencies, AlmaLinux by its errata. The form of a line is that of systems.ts.
 */
export const backportRows = `
Debian:12 | setuptools | CVE-2024-6345 | HIGH | 66.1.1-1+deb12u1 | -
Debian:12 | setuptools | CVE-2025-47273 | HIGH | 66.1.1-1+deb12u2 | -
Debian:12 | python-urllib3 | CVE-2023-43804 | HIGH | 1.26.12-1+deb12u1 | -
Debian:12 | python-urllib3 | CVE-2023-45803 | MEDIUM | 1.26.12-1+deb12u1 | -
Debian:12 | python-urllib3 | CVE-2024-37891 | MEDIUM | 1.26.12-1+deb12u1 | -
Debian:12 | python-idna | CVE-2024-3651 | HIGH | 3.3-1+deb12u1 | -
Debian:12 | jinja2 | CVE-2024-22195 | MEDIUM | 3.1.2-1+deb12u1 | -
Debian:12 | jinja2 | CVE-2024-56201 | HIGH | 3.1.2-1+deb12u2 | -
Debian:12 | jinja2 | CVE-2025-27516 | MEDIUM | 3.1.2-1+deb12u3 | -
Debian:12 | python-werkzeug | CVE-2023-25577 | HIGH | 2.2.2-3 | -
Debian:12 | python-werkzeug | CVE-2024-34069 | HIGH | 2.2.2-3+deb12u1 | -
Debian:12 | flask | CVE-2023-30861 | HIGH | 2.2.2-3 | -
Debian:12 | pillow | CVE-2023-50447 | HIGH | 9.4.0-1.1+deb12u1 | -
Debian:12 | pillow | CVE-2023-4863 | HIGH | not_affected | links the system's libwebp
Debian:12 | python-cryptography | CVE-2024-26130 | HIGH | 38.0.4-3+deb12u1 | -
Debian:12 | python-cryptography | CVE-2023-0286 | HIGH | not_affected | links the system's OpenSSL
Debian:12 | python-aiohttp | CVE-2024-23334 | HIGH | 3.8.4-1+deb12u1 | -
Debian:12 | python-certifi | CVE-2023-37920 | HIGH | not_affected | reads the certificates of ca-certificates
Debian:12 | python-certifi | CVE-2024-39689 | HIGH | not_affected | reads the certificates of ca-certificates
AlmaLinux:8 | platform-python-setuptools python3-setuptools | CVE-2022-40897 | MEDIUM | 39.2.0-6.el8_7.1 | ALSA-2023:0835
AlmaLinux:8 | python3-requests | CVE-2023-32681 | MEDIUM | 2.20.0-3.el8_8 | ALSA-2023:4520
AlmaLinux:8 | python3-urllib3 | CVE-2023-43804 | MEDIUM | 1.24.2-5.el8_9.2 | ALSA-2024:0116
AlmaLinux:8 | python3-urllib3 | CVE-2023-45803 | MEDIUM | 1.24.2-5.el8_9.2 | ALSA-2024:0116
AlmaLinux:8 | python3-jinja2 | CVE-2024-22195 | MEDIUM | 2.10.1-4.el8 | ALSA-2024:3102
AlmaLinux:8 | python3-requests | CVE-2024-35195 | MEDIUM | 2.20.0-5.el8_10 | ALSA-2025:0012
AlmaLinux:8 | python3-idna | CVE-2024-3651 | MEDIUM | 2.5-7.el8_10 | ALSA-2024:4260
AlmaLinux:8 | python3-urllib3 | CVE-2024-37891 | MEDIUM | 1.24.2-8.el8_10 | ALSA-2024:5309
AlmaLinux:8 | platform-python-setuptools python3-setuptools | CVE-2024-6345 | HIGH | 39.2.0-8.el8_10 | ALSA-2024:5530
AlmaLinux:8 | python3-jinja2 | CVE-2025-27516 | HIGH | 2.10.1-7.el8_10 | ALSA-2025:3388
AlmaLinux:8 | platform-python-setuptools python3-setuptools | CVE-2025-47273 | MEDIUM | 39.2.0-9.el8_10 | ALSA-2025:11036
AlmaLinux:9 | python3-setuptools | CVE-2022-40897 | MEDIUM | 53.0.0-10.el9_1.1 | ALSA-2023:0952
AlmaLinux:9 | python3-requests | CVE-2023-32681 | MEDIUM | 2.25.1-7.el9_2 | ALSA-2023:4350
AlmaLinux:9 | python3-urllib3 | CVE-2023-43804 | MEDIUM | 1.26.5-3.el9_3.1 | ALSA-2024:0464
AlmaLinux:9 | python3-urllib3 | CVE-2023-45803 | MEDIUM | 1.26.5-3.el9_3.1 | ALSA-2024:0464
AlmaLinux:9 | python3-jinja2 | CVE-2024-22195 | MEDIUM | 2.11.3-5.el9 | ALSA-2024:2348
AlmaLinux:9 | python3-requests | CVE-2024-35195 | MEDIUM | 2.25.1-9.el9 | ALSA-2025:7049
AlmaLinux:9 | python3-idna | CVE-2024-3651 | MEDIUM | 2.10-7.el9_4.1 | ALSA-2024:3846
AlmaLinux:9 | python3-urllib3 | CVE-2024-37891 | MEDIUM | 1.26.5-5.el9_4.1 | ALSA-2024:6162
AlmaLinux:9 | python3-setuptools | CVE-2024-6345 | HIGH | 53.0.0-12.el9_4.1 | ALSA-2024:5534
AlmaLinux:9 | python3-jinja2 | CVE-2025-27516 | HIGH | 2.11.3-8.el9_5 | ALSA-2025:3406
AlmaLinux:9 | python3-setuptools | CVE-2025-47273 | MEDIUM | 53.0.0-13.el9_6.1 | ALSA-2025:10407`
