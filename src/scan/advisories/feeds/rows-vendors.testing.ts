import type { Row } from './row.testing.ts'

const json = (value: unknown) => JSON.stringify(value)

const ubuntuProduct = (version: string, distro: string) => ({
  '@id': `pkg:deb/ubuntu/x@${version}?arch=source&distro=${distro}`,
})
const openvex = (...statements: object[]) =>
  json({ metadata: { '@context': 'https://openvex.dev/ns/v0.2.0', author: 'Canonical Ltd.' }, statements })

const nvd = (configurations: object[]) =>
  json({ format: 'NVD_CVE', version: '2.0', vulnerabilities: [{ cve: { id: 'CVE-2024-0300', configurations } }] })
const node = (...cpeMatch: object[]) => ({ nodes: [{ operator: 'OR', cpeMatch }] })
const cpe = (name: string, rest: object = {}) => ({ vulnerable: true, criteria: `cpe:2.3:${name}`, ...rest })

const azure = (id: string, name: string, patchable: string, test: string) =>
  `<definition class="vulnerability" id="oval:com.microsoft.azurelinux:def:${test}"><metadata><title>${id} affecting package ${name}</title><affected family="unix"><platform>Azure Linux</platform></affected><reference ref_id="${id}" source="CVE"/><patchable>${patchable}</patchable><severity>High</severity></metadata><criteria operator="AND"><criterion comment="Package ${name}" test_ref="${test}"/></criteria></definition>`

/** Small inputs of vendors' feeds in upstream's shape, written for these tests, and what must come of them. */
export const vendorRows: Row[] = [
  {
    feed: 'gentoo',
    name: 'a fix, slots, revisions, architectures',
    path: 'glsa-202401-01.xml',
    text: `<?xml version="1.0"?><glsa id="202401-01"><title>x: flaws</title><synopsis>Flaws.</synopsis><announced>2024-01-05</announced>
<affected>
<package name="dev-lang/x" auto="yes" arch="*"><unaffected range="ge">1.33</unaffected><vulnerable range="lt">1.33</vulnerable></package>
<package name="dev-lang/y" auto="yes" arch="amd64 x86"><unaffected range="ge" slot="3">3.2</unaffected><unaffected range="ge" slot="4">4.1</unaffected><vulnerable range="lt" slot="3">3.2</vulnerable><vulnerable range="lt" slot="4">4.1</vulnerable></package>
<package name="dev-lang/z" auto="yes" arch="*"><unaffected range="rge">1.0-r3</unaffected><unaffected range="eq">1.2*</unaffected><vulnerable range="le">1.5</vulnerable></package>
<package name="dev-lang/w" auto="yes" arch="*"><vulnerable range="ge">2</vulnerable></package>
</affected><impact type="normal"/><references><uri link="https://nvd.nist.gov/vuln/detail/CVE-2024-0200">CVE-2024-0200</uri></references></glsa>`,
    expected: [
      'Gentoo dev-lang/x GLSA-202401-01 fixed [..1.33] unaffected=>=1.33 MEDIUM ~CVE-2024-0200',
      'Gentoo dev-lang/y GLSA-202401-01 fixed [..3.2] unaffected=>=3.2 arches=amd64|x86 MEDIUM module=slot:3 ~CVE-2024-0200',
      'Gentoo dev-lang/y GLSA-202401-01 fixed [..4.1] unaffected=>=4.1 arches=amd64|x86 MEDIUM module=slot:4 ~CVE-2024-0200',
      'Gentoo dev-lang/z GLSA-202401-01 fixed [..=1.5] unaffected=>=1.0-r3, <=1.0-r999999|>=1.2_alpha, <1.2.999999 MEDIUM ~CVE-2024-0200',
      'Gentoo dev-lang/w GLSA-202401-01 affected [] vulnerable=>=2 MEDIUM ~CVE-2024-0200',
      'details GLSA-202401-01 x: flaws {"gentoo":"MEDIUM"}',
    ],
  },
  {
    feed: 'securitydata',
    name: 'fixes of several streams, states, modules, other products',
    path: 'cve-2024-0530.json',
    text: json({
      name: 'CVE-2024-0530',
      threat_severity: 'Moderate',
      public_date: '2024-08-22T19:15:09Z',
      bugzilla: { description: 'x: flaw' },
      cvss3: { cvss3_base_score: '5.3', cvss3_scoring_vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:N/I:N/A:H' },
      affected_release: [
        { advisory: 'RHSA-2024:1', cpe: 'cpe:/a:redhat:enterprise_linux:9', package: 'x-y-0:3.9.18-3.el9_4.5' },
        { advisory: 'RHSA-2024:2', cpe: 'cpe:/o:redhat:enterprise_linux:9', package: 'x-y-0:3.9.19-8.el9' },
        { advisory: 'RHSA-2024:3', cpe: 'cpe:/a:redhat:rhel_eus:9.2', package: 'bind-32:9.16-1.el9_2' },
        {
          advisory: 'RHSA-2024:4',
          cpe: 'cpe:/a:redhat:enterprise_linux:8',
          package: 'nodejs:18-8090020240301.a75119d5',
        },
        { advisory: 'RHSA-2024:5', cpe: 'cpe:/a:redhat:openshift:4.12::el8', package: 'x-0:1-2.el8' },
      ],
      package_state: [
        { cpe: 'cpe:/o:redhat:enterprise_linux:8', fix_state: 'Will not fix', package_name: 'mariadb:10.3/galera' },
        { cpe: 'cpe:/o:redhat:enterprise_linux:7', fix_state: 'Not affected', package_name: 'x-y' },
        { cpe: 'cpe:/o:redhat:enterprise_linux:6', fix_state: 'Out of support scope', package_name: 'x-y' },
        { cpe: 'cpe:/a:redhat:jboss_fuse:7', fix_state: 'New', package_name: 'x' },
      ],
    }),
    expected: [
      'Red Hat:enterprise_linux:9 x-y CVE-2024-0530 fixed [..3.9.18-3.el9_4.5 3.9.19..3.9.19-8.el9] MEDIUM names=source ~RHSA-2024:1~RHSA-2024:2',
      'Red Hat:rhel_eus:9.2 bind CVE-2024-0530 fixed [..32:9.16-1.el9_2] MEDIUM names=source ~RHSA-2024:3',
      'Red Hat:enterprise_linux:8 galera CVE-2024-0530 will_not_fix [..] MEDIUM module=mariadb:10.3 names=source (Will not fix)',
      'Red Hat:enterprise_linux:7 x-y CVE-2024-0530 not_affected [..] MEDIUM names=source (Not affected)',
      'Red Hat:enterprise_linux:6 x-y CVE-2024-0530 end_of_life [..] MEDIUM names=source (Out of support scope)',
      'details CVE-2024-0530 x: flaw {"redhat":"MEDIUM"} 5.3',
    ],
  },
  {
    feed: 'oval',
    name: 'Ubuntu’s notices, by dpkg and by the manifest of an image',
    path: 'usn.xml',
    text: `<oval_definitions xmlns:ind="i" xmlns:linux="l"><definitions>
<definition class="patch" id="oval:com.ubuntu.jammy:def:1"><metadata><title>USN-1-1 -- x vulnerability</title><affected><platform>Ubuntu 22.04 LTS</platform></affected><reference source="USN" ref_id="USN-1-1"/><reference source="CVE" ref_id="CVE-2024-0520"/><advisory><severity>Medium</severity></advisory></metadata>
<criteria><extend_definition definition_ref="d" comment="Ubuntu 22.04 LTS (jammy) is installed."/><criteria operator="OR"><criterion test_ref="t1" comment="Long Term Support"/><criterion test_ref="t2" comment="Available with Ubuntu Pro"/></criteria></criteria></definition>
<definition class="vulnerability" id="oval:com.ubuntu.jammy:def:2"><metadata><title>CVE-2024-0521 on Ubuntu 22.04 LTS (jammy) - low</title><affected><platform>Ubuntu 22.04 LTS</platform></affected><reference ref_id="CVE-2024-0521"/></metadata><criteria><criterion test_ref="t1" comment="x package in jammy was vulnerable but has been fixed (note: '1.0-2')."/></criteria></definition></definitions>
<tests><ind:textfilecontent54_test id="t1"><ind:object object_ref="o1"/><ind:state state_ref="s1"/></ind:textfilecontent54_test><linux:dpkginfo_test id="t2"><linux:object object_ref="o2"/><linux:state state_ref="s2"/></linux:dpkginfo_test></tests>
<objects><ind:textfilecontent54_object id="o1"><ind:filename>manifest</ind:filename><ind:pattern var_ref="v1"/></ind:textfilecontent54_object><linux:dpkginfo_object id="o2"><linux:name var_ref="v2"/></linux:dpkginfo_object></objects>
<states><ind:textfilecontent54_state id="s1"><ind:subexpression datatype="debian_evr_string" operation="less than">1.0-2</ind:subexpression></ind:textfilecontent54_state><linux:dpkginfo_state id="s2"><linux:evr datatype="debian_evr_string" operation="less than">0:1.0-2+esm1</linux:evr></linux:dpkginfo_state></states>
<variables><constant_variable id="v1"><value>^libx1(?::\\w+|)\\s+(.*)$</value><value>^libx\\+\\+1(?::\\w+|)\\s+(.*)$</value></constant_variable><constant_variable id="v2"><value>libx1</value></constant_variable></variables></oval_definitions>`,
    expected: [
      'Ubuntu:22.04 libx1 USN-1-1 fixed [..1.0-2] MEDIUM names=binary ~CVE-2024-0520',
      'Ubuntu:22.04 libx++1 USN-1-1 fixed [..1.0-2] MEDIUM names=binary ~CVE-2024-0520',
      'Ubuntu:Pro:22.04 libx1 USN-1-1 fixed [..1.0-2+esm1] MEDIUM names=binary ~CVE-2024-0520',
      'details USN-1-1 USN-1-1 -- x vulnerability {"ubuntu":"MEDIUM"}',
      'Ubuntu:22.04 x CVE-2024-0521 fixed [..1.0-2]',
      'details CVE-2024-0521 CVE-2024-0521 on Ubuntu 22.04 LTS (jammy) - low {}',
    ],
  },
  {
    feed: 'oval',
    name: 'Debian, Ubuntu and Red Hat in words',
    path: 'words.xml',
    text: `<oval_definitions><definitions>
<definition class="patch" id="oval:org.debian:def:1"><metadata><title>DSA-5179-1 x</title><affected family="unix"><platform>Debian GNU/Linux 11</platform></affected><reference ref_id="CVE-2024-0500"/><reference ref_id="CVE-2024-0501"/></metadata>
<criteria><criterion comment="Debian 11 is installed"/><criteria><criterion comment="x DPKG is earlier than 1-1+deb11u1"/><criterion comment="y DPKG is earlier than 0"/></criteria></criteria></definition>
<definition class="vulnerability" id="oval:com.ubuntu.jammy:def:2"><metadata><title>CVE-2024-0502 on Ubuntu 22.04 LTS (jammy) - medium</title><affected><platform>Ubuntu 22.04 LTS</platform></affected><reference ref_id="CVE-2024-0502"/><advisory><severity>Medium</severity></advisory></metadata>
<criteria><criteria><criterion comment="x package in jammy was vulnerable but has been fixed (note: '1:8.9-3ubuntu0.5')."/><criterion comment="y package in jammy is affected and needs fixing."/><criterion comment="z package in jammy is affected, but a decision has been made to defer addressing it (note: '2024-01-01')."/></criteria></criteria></definition>
<definition class="vulnerability" id="oval:com.ubuntu.fips-updates_jammy:def:3"><metadata><title>CVE-2024-0503 on FIPS</title><affected><platform>Ubuntu 22.04 LTS</platform></affected><reference ref_id="CVE-2024-0503"/></metadata><criteria><criterion comment="x package in jammy was vulnerable but has been fixed (note: '1.0-1ubuntu1.fips.2')."/></criteria></definition>
<definition class="vulnerability" id="oval:com.ubuntu.ros-noetic_focal:def:6"><metadata><title>CVE-2024-0506 on ROS</title><affected><platform>Ubuntu 20.04 LTS</platform></affected><reference ref_id="CVE-2024-0506"/></metadata><criteria/></definition>
<definition class="vulnerability" id="oval:com.redhat.cve:def:4"><metadata><title>CVE-2024-0504 tar (moderate)</title><reference ref_id="CVE-2024-0504"/><advisory><severity>Moderate</severity><affected><resolution state="Will not fix"><component>tar</component></resolution></affected><affected_cpe_list><cpe>cpe:/o:redhat:enterprise_linux:9::baseos</cpe></affected_cpe_list></advisory></metadata>
<criteria><criterion comment="Red Hat Enterprise Linux must be installed"/><criteria><criterion comment="Red Hat Enterprise Linux 9 is installed"/><criterion comment="tar is installed"/></criteria></criteria></definition>
<definition class="vulnerability" id="oval:com.redhat.unaffected:def:5"><metadata><title>Unaffected components for: CVE-2024-0505 zlib</title><reference ref_id="CVE-2024-0505"/><advisory><affected_cpe_list><cpe>cpe:/o:redhat:enterprise_linux:9</cpe></affected_cpe_list></advisory></metadata>
<criteria><criterion comment="zlib is installed"/><criterion comment="zlib is not installed"/></criteria></definition>
</definitions></oval_definitions>`,
    expected: [
      'Debian:11 x DSA-5179-1 fixed [..1-1+deb11u1] ~CVE-2024-0500~CVE-2024-0501',
      'Debian:11 y DSA-5179-1 not_affected [..] ~CVE-2024-0500~CVE-2024-0501',
      'details DSA-5179-1 DSA-5179-1 x {}',
      'Ubuntu:22.04 x CVE-2024-0502 fixed [..1:8.9-3ubuntu0.5] MEDIUM',
      'Ubuntu:22.04 y CVE-2024-0502 affected [..] MEDIUM',
      'Ubuntu:22.04 z CVE-2024-0502 fix_deferred [..] MEDIUM (2024-01-01)',
      'details CVE-2024-0502 CVE-2024-0502 on Ubuntu 22.04 LTS (jammy) - medium {"ubuntu":"MEDIUM"}',
      'Ubuntu:Pro:FIPS-updates:22.04 x CVE-2024-0503 fixed [..1.0-1ubuntu1.fips.2]',
      'details CVE-2024-0503 CVE-2024-0503 on FIPS {}',
      'problem CVE-2024-0506 on ROS: of no known distribution',
      'Red Hat:9 tar CVE-2024-0504 will_not_fix [..] MEDIUM (Will not fix)',
      'details CVE-2024-0504 CVE-2024-0504 tar (moderate) {"redhat":"MEDIUM"}',
      'Red Hat:9 zlib CVE-2024-0505 not_affected [..]',
      'details CVE-2024-0505 CVE-2024-0505 zlib {}',
    ],
  },
  {
    feed: 'oval',
    name: 'Azure Linux: the release stands in the versions; no fix yet; not applicable',
    path: 'azurelinux-3.0-oval.xml',
    text: `<oval_definitions><definitions>
${azure('CVE-2024-0600', 'x', 'true', 't1')}${azure('CVE-2024-0601', 'y', 'false', 't2')}${azure('CVE-2024-0602', 'z', 'Not Applicable', 't3')}
</definitions><tests>${[1, 2, 3].map(n => `<rpminfo_test id="t${n}"><object object_ref="o${n}"/><state state_ref="s${n}"/></rpminfo_test>`).join('')}</tests>
<objects>${['x', 'y', 'z'].map((name, n) => `<rpminfo_object id="o${n + 1}"><name>${name}</name></rpminfo_object>`).join('')}</objects>
<states><rpminfo_state id="s1"><evr operation="less than">0:1.0-2.azl3</evr></rpminfo_state><rpminfo_state id="s2"><evr operation="less than or equal">0:6.04-9.azl3</evr></rpminfo_state><rpminfo_state id="s3"><evr operation="less than">0:2.7-1.azl3</evr></rpminfo_state></states></oval_definitions>`,
    expected: [
      'Azure Linux:3 x CVE-2024-0600 fixed [..1.0-2.azl3] HIGH',
      'details CVE-2024-0600 CVE-2024-0600 affecting package x {"azure":"HIGH"}',
      'Azure Linux:3 y CVE-2024-0601 affected [..=6.04-9.azl3] HIGH',
      'details CVE-2024-0601 CVE-2024-0601 affecting package y {"azure":"HIGH"}',
      'Azure Linux:3 z CVE-2024-0602 not_affected [..] HIGH',
      'details CVE-2024-0602 CVE-2024-0602 affecting package z {"azure":"HIGH"}',
    ],
  },
  {
    feed: 'oval',
    name: 'SUSE: a flaw over many products, each with its own fix; products above the distribution; not affected; all flaws of a package at once',
    path: 'suse.linux.enterprise.15-affected.xml',
    text: `<oval_definitions><definitions>
<definition id="oval:org.opensuse.security:def:1" class="vulnerability"><metadata><title>CVE-2024-0700</title><affected><platform>SUSE Linux Enterprise Desktop 15 SP6</platform></affected><reference ref_id="Mitre CVE-2024-0700"/><advisory><severity>Important</severity></advisory></metadata>
<criteria operator="OR">
<criteria operator="AND"><criterion comment="SUSE Linux Enterprise Server 15 SP1-LTSS is installed" test_ref="p"/><criteria operator="OR"><criterion comment="x-1.0-150100.1 is installed" test_ref="t1"/></criteria></criteria>
<criteria operator="AND"><criteria operator="OR"><criterion comment="SUSE Linux Enterprise Module for Basesystem 15 SP6 is installed" test_ref="p"/><criterion comment="openSUSE Leap 15.6 is installed" test_ref="p"/><criterion comment="SUSE Manager Server 4.3 is installed" test_ref="p"/></criteria>
<criteria operator="OR"><criterion comment="x-2.0-150600.1 is installed" test_ref="t2"/><criterion comment="y is not affected" test_ref="t3"/></criteria></criteria>
</criteria></definition>
<definition id="oval:org.opensuse.security:def:2" class="patch"><metadata><title>x on GA media</title><affected><platform>SUSE Linux Enterprise Server 16.0</platform></affected><reference ref_id="CVE-2024-0701"/><reference ref_id="CVE-2024-0702"/></metadata>
<criteria operator="AND"><criterion comment="SUSE Linux Enterprise Server 16.0 is installed" test_ref="p"/><criterion comment="x-2.0 is installed" test_ref="t2"/></criteria></definition>
</definitions><tests><rpminfo_test id="t1"><object object_ref="x"/><state state_ref="s1"/></rpminfo_test><rpminfo_test id="t2"><object object_ref="x"/><state state_ref="s2"/></rpminfo_test><rpminfo_test id="t3"><object object_ref="y"/><state state_ref="s3"/></rpminfo_test></tests>
<objects><rpminfo_object id="x"><name>x</name></rpminfo_object><rpminfo_object id="y"><name>y</name></rpminfo_object></objects>
<states><rpminfo_state id="s1"><evr operation="less than">0:1.0-150100.1</evr></rpminfo_state><rpminfo_state id="s2"><evr operation="less than">0:2.0-150600.1</evr></rpminfo_state><rpminfo_state id="s3"><version operation="equals">0</version></rpminfo_state></states></oval_definitions>`,
    expected: [
      'SUSE:15.1 x CVE-2024-0700 fixed [..1.0-150100.1] HIGH',
      'SUSE:15.6 x CVE-2024-0700 fixed [..2.0-150600.1] HIGH',
      'openSUSE:Leap 15.6 x CVE-2024-0700 fixed [..2.0-150600.1] HIGH',
      'SUSE:15.6 y CVE-2024-0700 not_affected [..] HIGH',
      'openSUSE:Leap 15.6 y CVE-2024-0700 not_affected [..] HIGH',
      'details CVE-2024-0700 CVE-2024-0700 {"suse":"HIGH"}',
      'SUSE:16 x CVE-2024-0701 fixed [..2.0-150600.1]',
      'SUSE:16 x CVE-2024-0702 fixed [..2.0-150600.1]',
    ],
  },
  {
    feed: 'oval',
    name: 'Photon: an erratum by its published name',
    path: 'com.vmware.phsa-photon5.xml',
    text: `<oval_definitions><definitions><definition class="patch" id="oval:com.vmware.phsa:def:2024500001"><metadata><title>PHSA-2024:00001 x Security Update. (Important)</title><affected><platform>Photon 5</platform></affected><reference ref_id="PHSA:00001:5.0:184"/><reference ref_id="CVE:00001:CVE-2024-0800"/><reference ref_id="CVE:00001:CVE-2024-0801"/><advisory><severity>Important</severity></advisory></metadata>
<criteria operator="AND"><criterion comment="Photon OS 5 is installed" test_ref="p"/><criteria><criterion comment="x is earlier than 0:2-1.ph5" test_ref="t1"/></criteria></criteria></definition></definitions>
<tests><rpminfo_test id="t1"><object object_ref="x"/><state state_ref="s1"/></rpminfo_test></tests><objects><rpminfo_object id="x"><name>x</name></rpminfo_object></objects><states><rpminfo_state id="s1"><evr operation="less than">0:2-1.ph5</evr></rpminfo_state></states></oval_definitions>`,
    expected: [
      'Photon OS:5.0 x PHSA-2024-5.0-0184 fixed [..2-1.ph5] HIGH ~CVE-2024-0800~CVE-2024-0801',
      'details PHSA-2024-5.0-0184 PHSA-2024:00001 x Security Update. (Important) {"photon":"HIGH"}',
    ],
  },
  {
    feed: 'oval',
    name: 'a file of which nothing is understood says so',
    path: 'com.ubuntu.jammy.usn.oval.xml',
    text: `<oval_definitions><definitions><definition class="patch" id="oval:com.ubuntu.jammy:def:1"><metadata><title>USN-1-1 -- x</title><affected><platform>Ubuntu 22.04 LTS</platform></affected><reference ref_id="USN-1-1"/></metadata><criteria><criterion test_ref="t" comment="Long Term Support"/></criteria></definition></definitions></oval_definitions>`,
    expected: ['problem 1 definitions, none of them understood'],
  },
  {
    feed: 'cvrf',
    name: 'SUSE: packages joined to products; products above the distribution; not affected',
    path: 'cvrf-suse-su-2024:1-1.xml',
    text: `<cvrfdoc xmlns="http://www.icasi.org/CVRF/schema/cvrf/1.1"><DocumentTracking><Identification><ID>SUSE-SU-2024:1-1</ID></Identification></DocumentTracking><ProductTree>
<Relationship ProductReference="x-y-1.0-150600.2" RelationType="Default Component Of" RelatesToProductReference="SUSE Linux Enterprise Module for Basesystem 15 SP6"><FullProductName ProductID="a">x</FullProductName></Relationship>
<Relationship ProductReference="x-y-1.0-150600.2" RelatesToProductReference="openSUSE Leap 15.6"><FullProductName ProductID="b">x</FullProductName></Relationship>
<Relationship ProductReference="x-y-1.0-150600.2" RelatesToProductReference="SUSE Manager Server 4.3"><FullProductName ProductID="c">x</FullProductName></Relationship>
<Relationship ProductReference="z" RelatesToProductReference="SUSE Linux Micro 6.0"><FullProductName ProductID="d">z</FullProductName></Relationship></ProductTree>
<Vulnerability><Notes><Note>Text.</Note></Notes><CVE>CVE-2024-0900</CVE><ProductStatuses><Status Type="Fixed"><ProductID>a</ProductID><ProductID>b</ProductID><ProductID>c</ProductID></Status><Status Type="Known Not Affected"><ProductID>d</ProductID></Status></ProductStatuses><Threats><Threat Type="Impact"><Description>important</Description></Threat></Threats></Vulnerability></cvrfdoc>`,
    expected: [
      'SUSE:Linux Enterprise Module for Basesystem 15 SP6 x-y CVE-2024-0900 fixed [..1.0-150600.2] HIGH ~SUSE-SU-2024:1-1',
      'openSUSE:Leap 15.6 x-y CVE-2024-0900 fixed [..1.0-150600.2] HIGH ~SUSE-SU-2024:1-1',
      'SUSE:Linux Micro 6.0 z CVE-2024-0900 not_affected [..] HIGH ~SUSE-SU-2024:1-1',
      'details CVE-2024-0900 {"suse":"HIGH"}',
    ],
  },
  {
    feed: 'cvrf',
    name: 'openEuler: packages by architecture under the release that a status names',
    path: 'cvrf-openEuler-SA-2024-1.xml',
    text: `<cvrfdoc><DocumentTracking><Identification><ID>openEuler-SA-2024-1</ID></Identification></DocumentTracking><ProductTree><Branch Type="Product Name" Name="openEuler"><FullProductName ProductID="openEuler-22.03-LTS-SP3" CPE="cpe:/a:openEuler:openEuler:22.03-LTS-SP3">openEuler-22.03-LTS-SP3</FullProductName></Branch>
${['aarch64', 'src', 'x86_64'].map(arch => `<Branch Type="Package Arch" Name="${arch}"><FullProductName ProductID="x-1.0-2" CPE="cpe:/a:openEuler:openEuler:22.03-LTS-SP3">x-1.0-2.oe2203sp3.${arch}.rpm</FullProductName></Branch>`).join('')}</ProductTree>
<Vulnerability><ReleaseDate>2024-01-05</ReleaseDate><CVE>CVE-2024-0901</CVE><ProductStatuses><Status Type="Fixed"><ProductID>openEuler-22.03-LTS-SP3</ProductID></Status></ProductStatuses></Vulnerability></cvrfdoc>`,
    expected: [
      'openEuler:22.03-LTS-SP3 x CVE-2024-0901 fixed [..1.0-2.oe2203sp3] arches=aarch64|x86_64 ~openEuler-SA-2024-1',
      'details CVE-2024-0901 {}',
    ],
  },
  {
    feed: 'bodhi',
    name: 'security updates of Fedora and EPEL by source package',
    path: 'updates.json',
    text: json({
      updates: [
        {
          updateid: 'FEDORA-2024-1',
          type: 'security',
          status: 'stable',
          title: 'x-1.0-1.fc40',
          severity: 'high',
          bugs: [{ title: 'CVE-2024-0201 x: a flaw [fedora-40]' }],
          builds: [
            { epoch: 0, nvr: 'x-1.0-1.fc40' },
            { epoch: 2, nvr: 'x-y-2.0-3.fc40' },
          ],
          release: { name: 'F40', id_prefix: 'FEDORA' },
        },
        {
          updateid: 'FEDORA-EPEL-2024-2',
          type: 'security',
          status: 'stable',
          title: 'z-3-1.el9',
          notes: 'Fixes CVE-2024-0202',
          builds: [{ epoch: 0, nvr: 'z-3-1.el9' }],
          release: { name: 'EPEL-9', id_prefix: 'FEDORA-EPEL' },
        },
        { updateid: 'FEDORA-2024-3', type: 'bugfix', status: 'stable', builds: [], release: { name: 'F40' } },
        {
          updateid: 'FEDORA-2024-4',
          type: 'security',
          status: 'stable',
          builds: [],
          release: { name: 'F40C', id_prefix: 'FEDORA-CONTAINER' },
        },
        {
          updateid: 'FEDORA-2024-5',
          type: 'security',
          status: 'unpushed',
          builds: [{ nvr: 'x-9-1' }],
          release: { name: 'F40' },
        },
      ],
    }),
    expected: [
      'Fedora:40 x FEDORA-2024-1 fixed [..1.0-1.fc40] HIGH names=source ~CVE-2024-0201',
      'Fedora:40 x-y FEDORA-2024-1 fixed [..2:2.0-3.fc40] HIGH names=source ~CVE-2024-0201',
      'details FEDORA-2024-1 x-1.0-1.fc40 {"fedora":"HIGH"}',
      'EPEL:9 z FEDORA-EPEL-2024-2 fixed [..3-1.el9] names=source ~CVE-2024-0202',
      'details FEDORA-EPEL-2024-2 z-3-1.el9 {}',
    ],
  },
  {
    feed: 'openvex',
    name: 'Ubuntu by release, from the source package alone',
    path: 'CVE-2024-0203.json',
    text: openvex(
      {
        vulnerability: { name: 'CVE-2024-0203', aliases: ['https://ubuntu.com/security/CVE-2024-0203'] },
        status: 'fixed',
        products: [
          ubuntuProduct('1.0-1ubuntu2.1', 'jammy'),
          { '@id': 'pkg:deb/ubuntu/x-bin@1.0?arch=amd64' },
          ubuntuProduct('0.9-1~esm1', 'esm-infra/bionic'),
        ],
      },
      { vulnerability: { name: 'CVE-2024-0203' }, status: 'not_affected', products: [ubuntuProduct('2.0-1', 'noble')] },
      {
        vulnerability: { name: 'CVE-2024-0203' },
        status: 'affected',
        products: [ubuntuProduct('1.5-1', 'focal'), ubuntuProduct('1.5', 'fips/focal')],
      },
    ),
    expected: [
      'Ubuntu:22.04 x CVE-2024-0203 fixed [..1.0-1ubuntu2.1] names=source',
      'Ubuntu:Pro:18.04 x CVE-2024-0203 fixed [..0.9-1~esm1] names=source (esm-infra)',
      'Ubuntu:24.04 x CVE-2024-0203 not_affected [..] names=source',
      'Ubuntu:20.04 x CVE-2024-0203 affected [..] names=source',
      'Ubuntu:Pro:FIPS:20.04 x CVE-2024-0203 affected [..] names=source (fips)',
    ],
  },
  {
    feed: 'openvex',
    name: 'rebuilt libraries by exact version',
    path: 'urllib3.openvex.json',
    text: json({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      statements: [
        {
          vulnerability: { name: 'CGA-7qjw-ggh3-pp9f', aliases: ['CVE-2023-45803', 'GHSA-g4mx-q9vg-27p4'] },
          status: 'fixed',
          products: [
            { identifiers: { purl: 'pkg:pypi/urllib3@1.26.16%2Bcgr.0' } },
            { identifiers: { purl: 'pkg:pypi/urllib3@1.26.16%2Bcgr.1' } },
          ],
        },
      ],
    }),
    expected: [
      'PyPI urllib3 CGA-7qjw-ggh3-pp9f not_affected [] versions=1.26.16+cgr.0|1.26.16+cgr.1 ~CVE-2023-45803~GHSA-g4mx-q9vg-27p4',
    ],
  },
  {
    feed: 'gitlab',
    name: 'a range in the ecosystem’s own language',
    path: 'maven/org.x/y/CVE-2024-0204.yml',
    text: `---
identifier: "CVE-2024-0204"
identifiers:
- "CVE-2024-0204"
- "GHSA-2222-2222-2222"
package_slug: "maven/org.x/y"
title: "A flaw"
pubdate: "2024-01-05"
affected_range: "[1.0,1.2),[2.0,2.1]"
fixed_versions:
- "1.2"
cvss_v3: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
urls:
- "https://example.org"
`,
    expected: [
      'Maven org.x:y CVE-2024-0204 fixed [] vulnerable=[1.0,1.2),[2.0,2.1] patched=>= 1.2, <= 1.2 ~GHSA-2222-2222-2222',
      'details CVE-2024-0204 A flaw {"gitlab":"CRITICAL"} 9.8',
    ],
  },
  {
    feed: 'gitlab',
    name: 'a flaw named by a date alone',
    path: 'packagist/v/p/2017-05-15.yml',
    text: '---\nidentifier: "2017-05-15"\nidentifiers:\n- "2017-05-15"\npackage_slug: "packagist/v/p"\naffected_range: "<1.2"\nfixed_versions:\n- "1.2"\ntitle: "A flaw"\n',
    expected: [
      'Packagist v/p packagist/v/p/2017-05-15 fixed [] vulnerable=<1.2 patched=>= 1.2, <= 1.2',
      'details packagist/v/p/2017-05-15 A flaw {}',
    ],
  },
  {
    feed: 'cve',
    name: 'NVD about programs without a package, and about nothing else',
    path: 'nvd.json',
    text: nvd([
      node(
        cpe('a:redis:redis:*:*:*:*:*:*:*:*', { versionStartIncluding: '7.0.0', versionEndExcluding: '7.0.11' }),
        cpe('a:redis:redis:6.2.1:rc1:*:*:*:*:*:*'),
        cpe('a:redis:redis:*:*:*:*:*:node.js:*:*', { versionEndExcluding: '9' }),
        cpe('a:somebody:something:*:*:*:*:*:*:*:*', { versionEndExcluding: '9' }),
        cpe('o:debian:debian_linux:12.0:*:*:*:*:*:*:*'),
      ),
      {
        operator: 'AND',
        ...node(
          cpe('a:nginx:nginx:*:*:*:*:*:*:*:*', { versionEndIncluding: '1.2' }),
          cpe('o:microsoft:windows:-:*:*:*:*:*:*:*', { vulnerable: false }),
        ),
      },
    ]),
    expected: ['NVD redis CVE-2024-0300 fixed [7.0.0..7.0.11] versions=6.2.1rc1'],
  },
]
