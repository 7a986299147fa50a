import { testCases } from './cases.testing.ts'

/** What a vendor’s record clears or leaves open: fixed, not affected, other lines and modules, extended support. */
testCases(`
nak silences | alpine 3.12 | apk bind 9.16.0-r0 | 1: Alpine:3.12 » bind <0 status=not_affected | !1
fixed clears | alpine 3.12 | apk bind 9.16.0-r3 | 1: Alpine:3.12 » bind <9.16.0-r1 | !1
indirect by origin | alpine 3.18 | apk libssl3 3.1.4-r0 from openssl | 1: Alpine:3.18 » openssl <3.1.4-r5 | 1
indirect by origin with version | alpine 3.18 | apk libssl3 3.1.4-r0 from openssl | 1: Alpine:3.18 » openssl <3.1.4-r5 | 1
edge | alpine edge | apk jq 1.6-r0 | 1: Alpine:edge » jq <1.6-r1 | 1
chainguard arch agrees | chainguard | apk langfuse-3-worker 3.152.0-r0 arch=x86_64 | CGA-22hv-wp9q-4779: Chainguard » langfuse-3-worker <3.153.0-r0 arches=x86_64 aliases=1 | CGA-22hv-wp9q-4779
chainguard without arch | chainguard | apk langfuse-3-worker 3.152.0-r0 | CGA-22hv-wp9q-4779: Chainguard » langfuse-3-worker <3.153.0-r0 arches=x86_64 aliases=1 | CGA-22hv-wp9q-4779
wolfi fixed | wolfi | apk openssl 3.2.1-r0 | 1: Wolfi » openssl <3.2.1-r0 | !1
wolfi version in os-release | wolfi 20230201 | apk openssl 3.1.1-r0 | 1: Wolfi » openssl <3.2.1-r0 | 1
minimos | minimos 20241031 | apk openssl 3.1.1-r0 | 1: MinimOS » openssl <3.2.1-r0 | 1
direct | debian 11 | deb openssl 1.1.1k-1 | 1: Debian:11 » openssl <1.1.1w-0+deb11u2 | 1
fixed | debian 11 | deb openssl 1.1.1w-0+deb11u2 | 1: Debian:11 » openssl <1.1.1w-0+deb11u2 | !1
no fix | debian 11 | deb openssl 1.1.1k-1 | 1: Debian:11 » openssl * status=will_not_fix | 1
not affected | debian 11 | deb openssl 1.1.1k-1 | 1: Debian:11 » openssl <0 status=not_affected | !1
other release | debian 12 | deb openssl 1.1.1k-1 | 1: Debian:11 » openssl <1.1.1w-0+deb11u2 |
unstable | debian unstable | deb openssl 1.1.1k-1 | 1: Debian:unstable » openssl <1.1.1w-0+deb11u2 | 1
ubuntu | ubuntu 20.04 | deb openssl 1.1.1f-1ubuntu2 | 1: Ubuntu:20.04 » openssl <1.1.1f-1ubuntu2.20 | 1
ubuntu esm channel | ubuntu 20.04 | deb openssh 1:8.2p1-4ubuntu0.13 esm | 1: Ubuntu:20.04+esm » openssh <1:8.2p1-4ubuntu0.13+esm1 | 1
ubuntu esm record, fixed by esm | ubuntu 20.04 | deb openssh 1:8.2p1-4ubuntu0.13+esm1 esm | 1: Ubuntu:20.04+esm » openssh <1:8.2p1-4ubuntu0.13+esm1 |
echo | echo 1 | deb openssl 3.0.11-1~deb12u1 | 1: Echo » openssl <3.0.11-1~deb12u2+e1 | 1
direct | redhat 8 | rpm openssl 1:1.1.1b-1.el8 arch=x86_64 | 1: Red Hat:8 » openssl <1:1.1.1c-2.el8 | 1
package without epoch assumes zero | redhat 8 | rpm openssl 1.1.1z-99.el8 | 1: Red Hat:8 » openssl <1:1.1.1c-2.el8 | 1
higher epoch | redhat 8 | rpm openssl 2:1.1.1b-1.el8 | 1: Red Hat:8 » openssl <1:1.1.1c-2.el8 | !1
multi rhsa gap not | redhat 9.4 | rpm python3.9 0:3.9.18-10.el9_4 | 1: Red Hat:9 » python3.9 <0:3.9.18-3.el9_4.5 >=0:3.9.19 <0:3.9.19-8.el9 |
multi rhsa gap yes | redhat 9.4 | rpm python3.9 0:3.9.19-1.el9 | 1: Red Hat:9 » python3.9 <0:3.9.18-3.el9_4.5 >=0:3.9.19 <0:3.9.19-8.el9 | 1
eus fixed | redhat 9.4+eus | rpm kernel 5.14.0-427.68.1.el9_4 | 1: Red Hat:9.4+eus » kernel <0:5.14.0-427.68.1.el9_4 & 1: Red Hat:9 » kernel <0:5.14.0-503.11.1.el9_5 | !1
eus still vulnerable | redhat 9.4+eus | rpm kernel 5.14.0-427.60.1.el9_4 | 1: Red Hat:9.4+eus » kernel <0:5.14.0-427.68.1.el9_4 & 1: Red Hat:9 » kernel <0:5.14.0-503.11.1.el9_5 | 1
eus record on plain host | redhat 9.4 | rpm kernel 5.14.0-427.60.1.el9_4 | 1: Red Hat:9.4+eus » kernel <0:5.14.0-427.68.1.el9_4 |
eus without eus record falls to the major | redhat 9.4+eus | rpm kernel 5.14.0-427.60.1.el9_4 | 1: Red Hat:9 » kernel <0:5.14.0-503.11.1.el9_5 | 1
not affected | redhat 8 | rpm openssl 1:1.1.1b-1.el8 | 1: Red Hat:8 » openssl <0 status=not_affected | !1
wont fix | redhat 8 | rpm openssl 1:1.1.1b-1.el8 | 1: Red Hat:8 » openssl * status=will_not_fix | 1
minor of major record | redhat 8.6 | rpm openssl 1:1.1.1b-1.el8 | 1: Red Hat:8 » openssl <1:1.1.1c-2.el8 | 1
centos takes rhel | centos 8 | rpm openssl 1:1.1.1b-1.el8 | 1: Red Hat:8 » openssl <1:1.1.1c-2.el8 | 1
rocky takes rhel | rocky 8 | rpm openssl 1:1.1.1b-1.el8 | 1: Red Hat:8 » openssl <1:1.1.1c-2.el8 | 1
alma not fixed by rhel number | alma 8 | rpm patch 2.7.6-11.el8 | ALSA-2020:1852: AlmaLinux:8 » patch <2.7.6-11.el8 aliases=1 & 1: Red Hat:8 » patch <0:2.7.6-12.el8 | !1
alma without errata takes rhel | alma 8 | rpm patch 2.7.6-10.el8 | 1: Red Hat:8 » patch <0:2.7.6-12.el8 | 1
alma rhel unfixed | alma 8 | rpm patch 2.7.6-10.el8 | 1: Red Hat:8 » patch * | 1
oracle | oracle 8 | rpm openssl 1:1.1.1b-1.el8 | 1: Oracle Linux:8 » openssl <1:1.1.1c-2.el8 | 1
oracle ol id | oracle 8.5 | rpm openssl 1:1.1.1b-1.el8 | 1: Oracle Linux:8 » openssl <1:1.1.1c-2.el8 | 1
amazon | amazon 2 | rpm openssl 1:1.0.2k-19.amzn2 | 1: Amazon Linux:2 » openssl <1:1.0.2k-24.amzn2.0.4 | 1
amazon kernel livepatch is its own | amazon 2 | rpm kernel-livepatch-5.10.1 1.0-0.amzn2 | 1: Amazon Linux:2 » kernel <5.10.2-1.amzn2 |
sles vulnerable | suse-linux-enterprise-server 15.6 | rpm python311-Werkzeug 0:2.3.5-150400.6.11.1 | 1: SUSE:15.6 » python311-Werkzeug <0:2.3.6-150400.6.12.1 | 1
sles fixed | suse-linux-enterprise-server 15.6 | rpm python311-Werkzeug 0:2.3.6-150400.6.12.1 | 1: SUSE:15.6 » python311-Werkzeug <0:2.3.6-150400.6.12.1 | !1
opensuse leap | opensuse-leap 15.6 | rpm python311-Werkzeug 0:2.3.5-150400.6.11.1 | 1: openSUSE:Leap 15.6 » python311-Werkzeug <0:2.3.6-150400.6.12.1 | 1
mariner | cbl-mariner 2.0 | rpm openssl 1.1.1k-1.cm2 | 1: Mariner:2.0 » openssl <0:1.1.1k-2.cm2 | 1
azurelinux | azurelinux 3.0 | rpm openssl 3.3.0-1.azl3 | 1: Azure Linux:3.0 » openssl <0:3.3.0-2.azl3 | 1
photon | photon 5.0 | rpm openssl 3.0.8-1.ph5 | 1: Photon OS:5.0 » openssl <3.0.9-1.ph5 | 1
fedora | fedora 38 | rpm openssl 1:3.0.8-1.fc38 | 1: Fedora:38 » openssl <1:3.0.9-1.fc38 | 1
module other stream unaffected | redhat 8 | rpm mariadb 3:10.3.28-1.module+el8.3.0+10472+7adc332a module=mariadb:10.3:8030:abcd | 1: Red Hat:8 » mariadb <0 module=mariadb:10.5 status=not_affected + Red Hat:8 » mariadb <3:10.3.35-1.module+el8 module=mariadb:10.3 | 1
plain package, module unaffected record | redhat 8 | rpm mariadb 3:10.3.28-1.el8 module= | 1: Red Hat:8 » mariadb <3:10.3.35-1.el8 + Red Hat:8 » mariadb <0 module=mariadb:10.5 status=not_affected | 1
empty label against module record | redhat 8 | rpm httpd 0:2.4.37-30.el8 module= | 1: Red Hat:8 » httpd <0:2.4.37-39.module+el8.4.0+9658+b87b2deb module=httpd:2.4 |
label against plain record | redhat 8 | rpm httpd 0:2.4.37-30.module+el8 module=httpd:2.4:1:2 | 1: Red Hat:8 » httpd <0:2.4.37-39.el8 |
arch | arch rolling | alpm openssl 3.0.7-1 | 1: Arch Linux » openssl <3.0.7-2 | 1
arch epoch | arch | alpm grub 2:2.06-1 | 1: Arch Linux » grub <2:2.06.r261-1 & 2: Arch Linux » grub <1:9-1 | 1
gentoo | gentoo 2.8 | ebuild app-misc/foobar 1.2.3 | 1: Gentoo » app-misc/foobar <1.2.3-r1 | 1
eus: unaffected of the major line | redhat 9.4+eus | rpm kernel 5.14.0-427.1.el9_4 arch=x86_64 | 1: Red Hat:9.4+eus » kernel <5.14.0-427.9.1.el9_4 & 2: Red Hat:9 » kernel <0 status=not_affected | 1 !2
eus: the major line's fix for a later minor does not help | redhat 9.4+eus | rpm kernel 5.14.0-427.99.el9_4 arch=x86_64 | 1: Red Hat:9 » kernel <5.14.0-503.1.1.el9_5 | 1
minor host takes minor record first | redhat 8.4 | rpm x 1-2.el8_4 | 1: Red Hat:8.4 » x <1-2.el8_4 & 1: Red Hat:8 » x <1-5.el8 | !1
two fixes of two minors in one record | redhat 9.2 | rpm curl 7.76.1-23.el9_2.3 | 1: Red Hat:9 » curl <7.76.1-23.el9_2.4 <7.76.1-26.el9_3.2 | 1
aus is not eus | redhat 8.6 | rpm bind 32:9.11.36-3.el8_6.1 | 1: Red Hat:rhel_aus:8.6::baseos » bind <32:9.11.36-3.el8_6.7 |
fixed 0:0-0 | redhat 8 | rpm x 1-1.el8 | 1: Red Hat:8 » x <0:0-0 | !1
module of another name | redhat 8 | rpm nodejs 1:18.1-1.module+el8 module=nodejs:18:1:2 | 1: Red Hat:8 » nodejs <1:18.2-1.module+el8 module=nodejs:18 & 2: Red Hat:8 » nodejs <1:20.2-1.module+el8 module=nodejs:20 | 1
module record without label in a feed | rocky 8 | rpm mariadb 3:10.3.28-1.module+el8.3.0 module=mariadb:10.3:1:2 | 1: Rocky Linux:8 » mariadb <3:10.5.13-1.module+el8.5.0 |
vault of el7 on el8 | redhat 8 | rpm x 1-1.el8 | 1: Red Hat:8 » x <2-1.el7 |
centos stream | centos 9 | rpm x 1-1.el9 | 1: Red Hat:9 » x <1-2.el9 | 1
oracle uek 4.14 against 5.4 | oracle 7 | rpm kernel-uek 4.14.35-1902.el7uek arch=x86_64 | 1: Oracle Linux:7 » kernel-uek <5.4.17-2011.el7uek |
oracle uek own line | oracle 7 | rpm kernel-uek 5.4.17-2010.el7uek arch=x86_64 | 1: Oracle Linux:7 » kernel-uek <5.4.17-2011.el7uek | 1
oracle fips installed against plain fix only | oracle 8 | rpm gnutls 10:3.6.15-4.0.1.el8_fips arch=x86_64 | 1: Oracle Linux:8 » gnutls <3.6.16-4.el8 |
suse: server with service pack and LTSS | suse-linux-enterprise-server 15.3 | rpm x 1-1 | 1: SUSE:Linux Enterprise Server 15 SP3-LTSS » x <1-2 & 2: SUSE:Linux Enterprise Server 15 SP4 » x <1-2 | 1
suse: sp in os-release words | sles 15-SP3 | rpm x 1-1 | 1: SUSE:Linux Enterprise 15-SP3 » x <1-2 | 1
leap micro | opensuse-leap-micro 5.5 | rpm x 1-1 | 1: openSUSE:Leap Micro 5.5 » x <1-2 | 1
sl-micro 6 | sl-micro 6.0 | rpm x 1-1 | 1: SUSE:Linux Micro 6.0 » x <1-2 | 1
azure 3 | azurelinux 3.0 | rpm x 1-1.azl3 | 1: Azure Linux:3.0 » x <1-2.azl3 & 2: Azure Linux:2.0 » x <1-2.cm2 | 1
mariner id | mariner 2.0.20240101 | rpm x 1-1.cm2 | 1: Azure Linux:2.0 » x <1-2.cm2 | 1
photon 5 arch | photon 5.0 | rpm x 1-1.ph5 arch=aarch64 | 1: Photon OS:5.0 » x <1-2.ph5 | 1
openEuler 24.03 | openEuler 24.03 (LTS) | rpm x 1-1.oe2403 arch=x86_64 | 1: openEuler:24.03-LTS » x <1-2.oe2403 & 2: openEuler:24.03-LTS-SP1 » x <1-2.oe2403sp1 | 1
openEuler by raw bucket | openEuler 22.03-LTS-SP1 | rpm x 1-1.oe2203sp1 | 1: openEuler-22.03-LTS-SP1 » x <1-2.oe2203sp1 | 1
fedora rawhide other | fedora 40 | rpm x 1-1.fc40 | 1: Fedora:41 » x <1-2.fc41 & 2: Fedora:40 » x <1-2.fc40 | 2
amazon epoch | amazon 2023 | rpm x 1-1.amzn2023 | 1: Amazon Linux:2023 » x <1:0.1-1.amzn2023 | 1
tilde in rpm | rocky 9 | rpm x 1.0~rc1-1.el9 | 1: Rocky Linux:9 » x <1.0-1.el9 & 2: Rocky Linux:9 » x <1.0~rc2-1.el9 & 3: Rocky Linux:9 » x <1.0~beta9-1.el9 | 1 2
caret in rpm | fedora 40 | rpm x 1.0^git2-1.fc40 | 1: Fedora:40 » x <1.0^git10-1.fc40 & 2: Fedora:40 » x <1.0-9.fc40 & 3: Fedora:40 » x <1.0.1-1.fc40 | 1 3
debian testing codename | debian trixie/sid | deb x 1-1 | 1: Debian:13 » x <1-2 & 2: Debian:unstable » x <1-2 | 1 2
debian codename record | debian 12 | deb x 1-1 | 1: Debian:bookworm » x <1-2 | 1
raspbian | raspbian 11 | deb x 1-1 | 1: Debian:11 » x <1-2 | 1
ubuntu interim after its end | ubuntu 21.10 | deb x 1-1 | 1: Ubuntu:21.10 » x <1-2 | 1
ubuntu 14.04 takes pro | ubuntu 14.04 | deb x 1-1 | 1: Ubuntu:Pro:14.04:LTS » x <1-2+esm1 | 1
ubuntu fips | ubuntu 20.04 | deb openssl 1.1.1f-1ubuntu2.fips.2 | 1: Ubuntu:Pro:FIPS-updates:20.04:LTS » openssl <1.1.1f-1ubuntu2.fips.22 & 2: Ubuntu:20.04 » openssl <1.1.1f-1ubuntu2.3 | 1
alpine unfixed | alpine 3.18 | apk x 1-r0 | 1: Alpine:v3.18 » x * | 1
alpine edge by alpha | alpine 3.22_alpha20250108 | apk x 1-r0 | 1: Alpine:edge » x <1-r1 | 1
alpine since | alpine 3.18 | apk x 1.5-r0 | 1: Alpine:v3.18 » x >=1.6 <1.7-r0 & 2: Alpine:v3.18 » x >=1.4 <1.7-r0 | 2
postmarketos | postmarketos v24.06 | apk x 1-r0 | 1: Alpine:v3.20 » x <1-r1 | 1
arch no fix | arch | alpm x 1:1.0-1 | 1: Arch Linux » x * & 2: Arch Linux » x <1:1.0-1 | 1
gentoo slot | gentoo | ebuild dev-lang/x 3.1 | 1: Gentoo » dev-lang/x <3.2 | 1
seal os package | debian 12 | deb seal-wget 1.21.3-1+sp1 from seal-wget | 1: seal debian 12 » seal-wget <1.21.3-1+sp2 & 2: Debian:12 » wget * | 1
root over the distribution | debian 12 | deb nginx 1.22.1-9+deb12u2.root.io.1 from nginx | 1: Root:Debian:12 » nginx <1.22.1-9+deb12u2.root.io.1 & 1: Debian:12 » nginx * | !1
root: distribution's flaw that root has not spoken of | debian 12 | deb nginx 1.22.1-9+deb12u2.root.io.1 from nginx | 1: Root:Debian:12 » nginx <1.22.1-9+deb12u2.root.io.1 & 2: Debian:12 » nginx * | 2 !1
hummingbird | hummingbird 1 | rpm x 1-1.hum1 | 1: Hummingbird » x <1-2.hum1 | 1
bottlerocket kernel | bottlerocket 1.34 | rpm kernel-6.1 6.1.1-1.br1 arch=x86_64 | 1: Bottlerocket » kernel-6.1 <6.1.2-1.br1 | 1
`)
