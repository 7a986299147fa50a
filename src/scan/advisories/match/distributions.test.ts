import { testCases } from './cases.testing.ts'

/** Every distribution: which of its names and versions a record means, one line a rule. */
testCases(`
source package | alpine 3.18.4 | apk libcrypto3 3.1.4-r0 from openssl | 1: Alpine:v3.18 » openssl <3.1.4-r5 | 1
binary name only is not the source | alpine 3.18.4 | apk libcrypto3 3.1.4-r0 from openssl | 1: Alpine:v3.18 » libcrypto3 <3.1.4-r5 |
fixed 0 is never affected | alpine 3.18.4 | apk bind 9.16.0-r0 from bind | 1: Alpine:v3.18 » bind <0 |
repo newer than os-release | alpine 3.9.3 | apk jq 1.6-r0 from jq repository=3.10 | 1: Alpine:v3.10 » jq <1.6-r1 & 2: Alpine:v3.9 » jq <1.6-r9 | 1
repo edge | alpine 3.9.3 | apk jq 1.6-r0 from jq repository=edge | 1: Alpine:edge » jq <1.6-r1 & 2: Alpine:v3.9 » jq <1.6-r9 | 1
rc before release | alpine 3.18 | apk a 1.6_rc1-r0 from a | 1: Alpine:v3.18 » a <1.6-r0 & 2: Alpine:v3.18 » a <1.6_rc1-r0 & 3: Alpine:v3.18 » a <1.6_beta3-r0 & 4: Alpine:v3.18 » a <1.6_rc2-r0 | 1 4
p suffix after release | alpine 3.18 | apk sudo 1.9.12-r1 from sudo | 1: Alpine:v3.18 » sudo <1.9.12_p2-r0 | 1
letter | alpine 3.13 | apk openssl 1.1.1k-r0 from openssl | 1: Alpine:v3.13 » openssl <1.1.1l-r0 & 2: Alpine:v3.13 » openssl <1.1.1j-r9 | 1
invalid version | alpine 3.13 | apk openssl not_a_version from openssl | 1: Alpine:v3.13 » openssl <1.1.1l-r0 |
three releases one package | alpine 3.1.2 | apk jq 1.6-r0 from jq | 1: Alpine:v3.10 » jq <1.6-r1 & 2: Alpine:v3.11 » jq <1.6-r1 & 3: Alpine:v3.1 » jq <1.6-r1 | 3
fixed equal | wolfi | apk a 1.2.3-r4 from a | 1: Wolfi » a <1.2.3-r4 & 2: Wolfi » a <1.2.3-r5 | 2
subpackage by origin | wolfi | apk libcrypto3 3.1.0-r0 from openssl | 1: Wolfi » openssl <3.2.1-r0 | 1
wolfi advisories are another feed | chainguard | apk a 1.2.3-r4 from a | 1: Chainguard » a <1.2.4-r0 & 2: Chainguard » b <1.2.4-r0 | 1
no fix in a feed of fixes means nothing | minimos | apk ansible 2.6.3-r0 from ansible | 1: MinimOS » ansible <2.6.3-r0 & 2: MinimOS » ansible <2.6.3-r1 | 2
source package | echo 12 | deb libssl3 3.0.11-1~deb12u1 from openssl | 1: Echo » openssl <3.0.11-1~deb12u2+e1 | 1
fixed by echo | echo 12 | deb libssl3 3.0.11-1~deb12u2+e1 from openssl | 1: Echo » openssl <3.0.11-1~deb12u2+e1 |
no fix yet | echo 12 | deb wget 1.21.3-1 from wget | 1: Echo » wget * | 1
debian has no say | echo 12 | deb wget 1.21.3-1 from wget | 2: Debian:12 » wget * & 1: Echo » wget <1.21.3-1+e2 | 1
source and its own version | debian 9.1 | deb htpasswd 2.4.24 from apache2 | 1: Debian:9 » apache2 <2.4.25-1 & 2: Debian:9 » htpasswd <2.4.25-1 | 1
binnmu | debian 12 | deb libldb2 2:2.6.2+samba4.17.12+dfsg-0+deb12u1 from samba 2:4.17.12+dfsg-0+deb12u1 | 1: Debian:12 » samba <2:4.17.12+dfsg-0+deb12u2 & 2: Debian:12 » samba <2:4.17.12+dfsg-0+deb12u1 | 1
no epoch in installed | debian 10.2 | deb nginx 1.14.1-1 from nginx | 1: Debian:10 » nginx <1:1.0.0-1 | 1
unfixed with status | debian 10.2 | deb bash 5.0-4 from bash | 1: Debian:10 » bash * status=will_not_fix & 2: Debian:10 » bash * status=end_of_life & 3: Debian:10 » bash * status=fix_deferred & 4: Debian:10 » bash * status=not_affected & 5: Debian:10 » bash * status=under_investigation | 1 2 3 5
unimportant release mixture | debian 12.5 | deb x 1.0-1 from x | 1: Debian:11 » x <1.0-2 & 2: Debian:12 » x <1.0-2 & 3: Debian:1 » x <1.0-2 | 2
severity does not hide | debian 12.5 | deb x 1.0-1 from x | 1: Debian:12 » x <0 |
dfsg and plus | debian 12 | deb zlib1g 1:1.2.13.dfsg-1 from zlib | 1: Debian:12 » zlib <1:1.2.13.dfsg-1+deb12u1 & 2: Debian:12 » zlib <1:1.2.13-1 | 1
invalid installed version | debian 12 | deb x ? from x | 1: Debian:12 » x <1.0-1 |
version with letters first | debian 12 | deb x a.b-1 from x | 1: Debian:12 » x <1.0-1 |
happy | ubuntu 20.04 | deb wpa 2.9 from wpa | 1: Ubuntu:20.04 » wpa <2:2.9-1ubuntu4.3 & 2: Ubuntu:20.04 » wpa * & 3: Ubuntu:20.04 » wpa <2.4-0ubuntu10 & 4: Ubuntu:18.04 » wpa * | 1 2
esm of a supported release | ubuntu 20.04-ESM | deb wpa 2.9 from wpa | 1: Ubuntu:20.04 » wpa <2:2.9-1ubuntu4.3 | 1
osv lts name | ubuntu 20.04 | deb wpa 2:2.9-1ubuntu4 from wpa | 1: Ubuntu:20.04:LTS » wpa <2:2.9-1ubuntu4.3 | 1
osv pro name needs pro | ubuntu 20.04 | deb wpa 2:2.9-1ubuntu4 from wpa | 1: Ubuntu:Pro:20.04:LTS » wpa <2:2.9-1ubuntu4.3+esm1 | 1
point release | ubuntu 20.04.6 | deb wpa 2:2.9-1ubuntu4 from wpa | 1: Ubuntu:20.04 » wpa <2:2.9-1ubuntu4.3 | 1
al1 2018.03 | amazon 2018.03 | rpm bind 32:9.8.2-0.62.rc1.56.amzn1 | 1: Amazon Linux:1 » bind <32:9.8.2-0.68.rc1.85.amzn1 & 2: Amazon Linux:2 » bind <32:9.9.4-74.amzn2.1.2 | 1
al1 2011 | amazon 2011.09 | rpm bind 32:9.8.2-0.62.rc1.56.amzn1 | 1: Amazon Linux:1 » bind <32:9.8.2-0.68.rc1.85.amzn1 | 1
al2 karoo | amazon 2 (Karoo) | rpm kernel 4.14.26-54.32.amzn2 | 1: Amazon Linux:2 » kernel <4.14.26-54.32.amzn2.0.2 | 1
al2023 point | amazon 2023.6.20241212 | rpm protobuf 3.14.0-6.amzn2023.0.3 | 1: Amazon Linux:2023 » protobuf <3.19.6-1.amzn2023.0.1 & 2: Amazon Linux:2 » protobuf <3.19.6-1.amzn2 | 1
al2022 | amazon 2022 (Amazon Linux) | rpm log4j 2.14.0-1.amzn2022 | 1: Amazon Linux:2022 » log4j <2.15.0-1.amzn2022.0.1 | 1
binary names | amazon 2 | rpm openssl-libs 1:1.0.2k-19.amzn2.0.3 from openssl | 1: Amazon Linux:2 » openssl-libs <1:1.0.2k-24.amzn2.0.4 & 2: Amazon Linux:2 » openssl <1:1.0.2k-24.amzn2.0.4 | 1
no version | amazon 2 | rpm kernel ? | 1: Amazon Linux:2 » kernel <4.14.26-54.32.amzn2.0.2 |
happy | alma 8.4 | rpm python3-libs 3.6.8-36.el8.alma from python3 arch=x86_64 | 1: AlmaLinux:8 » python3-libs <3.6.8-37.el8.alma | 1
skip modular package without label | alma 8.4 | rpm nginx 1:1.14.1-8.module_el8.3.0+2165+af250afe.alma from nginx arch=x86_64 | 1: AlmaLinux:8 » nginx <1:1.14.1-9.module_el8.3.0+2165+af250afe.alma |
modular with label | alma 8.4 | rpm nginx 1:1.14.1-8.module_el8.3.0+2165+af250afe.alma from nginx arch=x86_64 module=nginx:1.14:8040020210610090123:9f9e2e7e | 1: AlmaLinux:8 » nginx <1:1.14.1-9.module_el8.3.0+2165+af250afe.alma module=nginx:1.14 & 2: AlmaLinux:8 » nginx <1:1.16.1-9.module_el8.3.0+2165+af250afe.alma module=nginx:1.16 | 1
modular advisory, plain package | alma 8.4 | rpm nginx 1:1.14.1-8.el8 from nginx arch=x86_64 | 1: AlmaLinux:8 » nginx <1:1.14.1-9.module_el8.3.0+2165+af250afe.alma module=nginx:1.14 |
other major | alma 9.3 | rpm x 1-1.el9 arch=x86_64 | 1: AlmaLinux:8 » x <2-1.el8 & 2: AlmaLinux:9 » x <1-2.el9 | 2
source epoch trap, binary epoch zero | alma 8 | rpm perl-Errno 1.28-419.el8_4.1 from perl 5.26.3-419.el8_4.1 | 1: AlmaLinux:8 » perl <4:5.26.3-419.el8 & 2: AlmaLinux:8 » perl-Errno <0:1.28-420.el8 | 2
happy | rocky 8.5 | rpm bpftool 4.18.0-348.el8.0.3 from kernel arch=aarch64 | 1: Rocky Linux:8 » bpftool <5.18.0-348.2.1.el8_5 arches=aarch64,x86_64 | 1
arch differs | rocky 8.5 | rpm bpftool 4.18.0-348.el8.0.3 from kernel arch=aarch64 | 1: Rocky Linux:8 » bpftool <5.18.0-348.2.1.el8_5 arches=x86_64 |
two arches two fixes | rocky 8.5 | rpm bpftool 4.18.0-348.el8.0.3 from kernel arch=aarch64 | 1: Rocky Linux:8 » bpftool <4.18.0-348.el8.0.3 arches=aarch64 + Rocky Linux:8 » bpftool <5.18.0-348.2.1.el8_5 arches=x86_64 |
modular | rocky 8 | rpm nginx 1:1.14.1-8.module+el8.3.0+2165+af250afe from nginx arch=x86_64 module=nginx:1.14:8040020210610090123:9f9e2e7e | 1: Rocky Linux:8 » nginx <1:1.14.1-9.module+el8.3.0+2165+af250afe module=nginx:1.14 | 1
noarch | rocky 8 | rpm vim-filesystem 2:8.0.1763-13.el8 from vim arch=noarch | 1: Rocky Linux:8 » vim-filesystem <2:8.0.1763-16.el8_5.12 arches=aarch64,x86_64 | 1
osv release ecosystem | rocky 9.3 | rpm x 1-1.el9 arch=x86_64 | 1: Rocky Linux:9 » x <0:1-2.el9_3 & 2: Rocky Linux » y <2 | 1
plain | oracle 7.9 | rpm rsyslog 8.24.0-57.0.0.el7_9.3 from rsyslog arch=x86_64 | 1: Oracle Linux:7 » rsyslog <8.24.0-57.0.1.el7_9.3 arches=x86_64 + Oracle Linux:7 » rsyslog <8.24.0-57.0.4.el7_9.3 arches=aarch64 | 1
per arch, fixed here only | oracle 7 | rpm rsyslog 8.24.0-57.0.1.el7_9.3 from rsyslog arch=x86_64 | 1: Oracle Linux:7 » rsyslog <8.24.0-57.0.1.el7_9.3 arches=x86_64 + Oracle Linux:7 » rsyslog <8.24.0-57.0.4.el7_9.3 arches=aarch64 |
per arch, other arch needs more | oracle 7 | rpm rsyslog 8.24.0-57.0.1.el7_9.3 from rsyslog arch=aarch64 | 1: Oracle Linux:7 » rsyslog <8.24.0-57.0.1.el7_9.3 arches=x86_64 + Oracle Linux:7 » rsyslog <8.24.0-57.0.4.el7_9.3 arches=aarch64 | 1
advisory is ksplice, installed plain | oracle 7 | rpm glibc 2:2.17-156.el7 from glibc arch=x86_64 | 1: Oracle Linux:7 » glibc <2:2.17-157.ksplice1.el7_3.4 arches=x86_64 |
both ksplice | oracle 7 | rpm glibc 2:2.17-156.ksplice1.el7 from glibc arch=x86_64 | 1: Oracle Linux:7 » glibc <2:2.17-157.ksplice1.el7_3.4 arches=x86_64 | 1
fips fix, plain installed | oracle 8 | rpm gnutls 3.6.15-4.el8 from gnutls arch=x86_64 | 1: Oracle Linux:8 » gnutls <10:3.6.16-4.0.1.el8_fips arches=x86_64 + Oracle Linux:8 » gnutls <3.6.16-4.el8 arches=x86_64 | 1
plain fixed though fips fix is higher | oracle 8 | rpm gnutls 3.6.16-4.el8 from gnutls arch=x86_64 | 1: Oracle Linux:8 » gnutls <10:3.6.16-4.0.1.el8_fips arches=x86_64 + Oracle Linux:8 » gnutls <3.6.16-4.el8 arches=x86_64 |
no arch in advisory | oracle 8.0 | rpm curl 7.61.1-8.el8 from curl arch=aarch64 | 1: Oracle Linux:8 » curl <7.61.1-12.el8 | 1
uek is another package | oracle 8 | rpm kernel 4.18.0-80.el8 from kernel arch=x86_64 | 1: Oracle Linux:8 » kernel-uek <4.18.0-81.el8uek |
happy by content set | redhat 7.6 | rpm vim-minimal 2:7.4.160-5.el7 from vim arch=x86_64 | 1: Red Hat:7 » vim-minimal <2:7.4.160-6.el7_6 | 1
modular label | redhat 8.3 | rpm php 7.2.10-1.module_el8.2.0+313+b04d0a66 from php arch=x86_64 module=php:7.2:8020020200507003613:2c7ca891 | 1: Red Hat:8 » php <7.2.11-1.1.module+el8.0.0+4664+17bd8d65 module=php:7.2 & 2: Red Hat:8 » php <7.3.11-1.1.module+el8.0.0+4664+17bd8d65 module=php:7.3 | 1
arch list | redhat 7.6 | rpm kernel-headers 3.10.0-1127.19.1.el7 from kernel arch=x86_64 | 1: Red Hat:7 » kernel-headers <3.10.0-1127.19.2.el7 arches=x86_64 + Red Hat:7 » kernel-headers <3.10.0-1127.8.2.el7 arches=ppc64le | 1
arch list, other arch | redhat 7.6 | rpm kernel-headers 3.10.0-326.36.el7 from kernel arch=noarch | 1: Red Hat:7 » kernel-headers <3.10.0-327.36.1.el7 arches=x86_64 | 1
unpatched | redhat 7.6 | rpm bash 4.2.46-31.el7 from bash arch=x86_64 | 1: Red Hat:7 » bash * status=will_not_fix & 2: Red Hat:7 » bash * status=affected & 3: Red Hat:7 » bash * status=not_affected & 4: Red Hat:7 » bash * status=out_of_support_scope & 5: Red Hat:7 » bash * status=under_investigation | 1 2 4 5
several advisories one cve | redhat 7.6 | rpm nss 3.36.0-7.1.el7_6 from nss arch=x86_64 | RHSA-2019:1951: Red Hat:7 » nss <3.36.0-7.2.el7_6 aliases=1 & RHSA-2019:2237: Red Hat:7 » nss <3.44.0-4.el7 aliases=1 | 1
centos takes red hat | redhat 7.6.1810 | rpm bash 4.2.46-31.el7 from bash arch=x86_64 | 1: Red Hat:7 » bash <4.2.46-34.el7 | 1
takes red hat | centos 7.6.1810 | rpm bash 4.2.46-31.el7 from bash arch=x86_64 | 1: Red Hat:7 » bash <4.2.46-34.el7 | 1
cpe ecosystem of osv | redhat 8.8 | rpm nghttp2 1.33.0-1.el8 from nghttp2 arch=x86_64 | 1: Red Hat:enterprise_linux:8::appstream » nghttp2 <0:1.33.0-5.el8_8 | 1
cpe ecosystem of another release | redhat 8.8 | rpm nghttp2 1.33.0-1.el8 from nghttp2 arch=x86_64 | 1: Red Hat:enterprise_linux:9::baseos » nghttp2 <0:1.43.0-5.el9_2.1 |
cpe ecosystem of a layered product | redhat 8.8 | rpm nghttp2 1.33.0-1.el8 from nghttp2 arch=x86_64 | 1: Red Hat:openshift:4.12::el8 » nghttp2 <0:1.33.0-5.el8_8 |
eus cpe needs eus | redhat 8.8 | rpm kernel 4.18.0-372.9.1.el8 from kernel arch=x86_64 | 1: Red Hat:rhel_eus:8.6::baseos » kernel <0:4.18.0-372.80.1.el8_6 |
leap happy | opensuse-leap 15.3 | rpm postgresql 9.6.1-1 from postgresql-init | 1: openSUSE:Leap 15.3 » postgresql <9.6.1-3 | 1
leap fixed | opensuse-leap 15.3 | rpm postgresql 9.6.1-4 from postgresql-init | 1: openSUSE:Leap 15.3 » postgresql <9.6.1-3 |
sles sp | suse-linux-enterprise-server 15.3 | rpm libopenssl1_1 1.1.1d-150200.11.48.1 from openssl-1_1 | 1: SUSE:Linux Enterprise 15-SP3 » libopenssl1_1 <1.1.1d-150200.11.54.1 & 2: SUSE:Linux Enterprise 15-SP4 » libopenssl1_1 <1.1.1d-150400.11.54.1 | 1
tumbleweed | opensuse-tumbleweed | rpm singularity-ce 4.1.3-1.0 from singularity-ce | 1: openSUSE:Tumbleweed » singularity-ce <4.1.3-1.1 | 1
micro | suse-linux-enterprise-micro 5.3 | rpm libopenssl1_1 1.1.1l-150400.7.21.1 from openssl-1_1 | 1: SUSE:Linux Enterprise Micro 5.3 » libopenssl1_1 <1.1.1l-150400.7.22.1 | 1
sles 12 without pack | suse-linux-enterprise-server 12 | rpm x 1-1 from x | 1: SUSE:Linux Enterprise 12 » x <1-2 | 1
happy | photon 1.0 | rpm PyYAML 3.12-4.ph1 from PyYAML | 1: Photon OS:1.0 » PyYAML <3.12-5.ph1 & 2: Photon OS:3.0 » PyYAML <3.12-5.ph3 | 1
source name | photon 3.0 | rpm python3-libs 3.7.5-1.ph3 from python3 | 1: Photon OS:3.0 » python3 <3.7.5-3.ph3 | 1
affected range since | cbl-mariner 1.0 | rpm bind-utils 9.16.14-1.cm1 from bind | 1: Azure Linux:1.0 » bind <9.16.15-1.cm1 | 1
no fix | cbl-mariner 2.0 | rpm bind-utils 9.16.14-1.cm2 from bind | 1: Azure Linux:2.0 » bind * | 1
point release | azurelinux 3.0.20240727 | rpm php 8.3.6-1.azl3 from php | 1: Azure Linux:3.0 » php <8.3.8-1.azl3 | 1
osv number | azurelinux 3.0 | rpm php 8.3.6-1.azl3 from php | 1: Azure Linux:3 » php <8.3.8-1.azl3 | 1
happy | bottlerocket 1.34.0 | rpm glibc 1:2.40-1.1742844951.c52da5d6.br1 arch=x86_64 | 1: Bottlerocket » glibc <1:2.41-1 | 1
fixed | bottlerocket 1.34.0 | rpm glibc 1:2.41-1.1.br1 arch=x86_64 | 1: Bottlerocket » glibc <1:2.41-1 |
happy | openEuler 22.03 (LTS-SP1) | rpm gnutls 3.7.2-8.oe2203sp1 from gnutls arch=aarch64 | 1: openEuler:22.03-LTS-SP1 » gnutls <3.7.2-9.oe2203sp1 & 2: openEuler:22.03-LTS » gnutls <3.7.2-9.oe2203 | 1
arch | openEuler 22.03-LTS-SP1 | rpm kernel 5.10.0-136.oe2203sp1 from kernel arch=x86_64 | 1: openEuler:22.03-LTS-SP1 » kernel <5.10.0-137.oe2203sp1 arches=aarch64 & 2: openEuler:22.03-LTS-SP1 » kernel <5.10.0-137.oe2203sp1 arches=aarch64,x86_64 | 2
debian | debian 12 | deb nginx 1.22.1-9+deb12u2.root.io.0 from nginx | 1: Root:Debian:12 » nginx <1.22.1-9+deb12u2.root.io.1 | 1
debian fixed | debian 12 | deb nginx 1.22.1-9+deb12u2.root.io.1 from nginx | 1: Root:Debian:12 » nginx <1.22.1-9+deb12u2.root.io.1 |
alpine | alpine 3.19 | apk less 643-r00072 from less | 1: Root:Alpine:3.19 » less <643-r10072 | 1
ubuntu | ubuntu 20.04 | deb nginx 1.22.1-9+deb12u2.root.io.0 from nginx | 1: Root:Ubuntu:20.04 » nginx <1.22.1-9+deb12u2.root.io.1 | 1
`)
