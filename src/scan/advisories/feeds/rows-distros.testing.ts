import type { Row } from './row.testing.ts'

const json = (value: unknown) => JSON.stringify(value)

/** Small inputs of the distributions' feeds in upstream's shape, written for these tests, and what must come of them. */
export const distroRows: Row[] = [
  {
    feed: 'debian',
    name: 'every status of the tracker',
    path: 'debian.json',
    text: json({
      p: {
        'CVE-2024-0001': {
          description: 'd',
          releases: {
            a: { status: 'resolved', fixed_version: '1.0-1', urgency: 'high**' },
            b: { status: 'resolved', fixed_version: '0', urgency: 'unimportant' },
            c: { status: 'open', urgency: 'low', nodsa: 'Minor issue', nodsa_reason: '' },
            d: { status: 'open', urgency: 'medium', nodsa: 'x', nodsa_reason: 'postponed' },
            e: { status: 'open', urgency: 'not yet assigned', nodsa: 'x', nodsa_reason: 'ignored' },
            f: { status: 'open', urgency: 'end-of-life' },
            g: { status: 'undetermined', urgency: 'not yet assigned' },
            h: { status: 'open', urgency: 'unimportant' },
            i: { status: 'new word' },
          },
        },
      },
    }),
    expected: [
      'Debian:a p CVE-2024-0001 fixed [..1.0-1] HIGH',
      'Debian:b p CVE-2024-0001 not_affected [..] LOW (unimportant)',
      'Debian:c p CVE-2024-0001 affected [..] LOW (no-dsa)',
      'Debian:d p CVE-2024-0001 fix_deferred [..] MEDIUM (postponed)',
      'Debian:e p CVE-2024-0001 will_not_fix [..] (ignored)',
      'Debian:f p CVE-2024-0001 end_of_life [..] (end-of-life)',
      'Debian:g p CVE-2024-0001 under_investigation [..]',
      'Debian:h p CVE-2024-0001 affected [..] LOW (unimportant)',
      'problem p CVE-2024-0001 i: unknown status new word',
      'details CVE-2024-0001 {}',
    ],
  },
  {
    feed: 'debian',
    name: 'data/CVE/list: tags, states, errata elsewhere',
    path: 'data/CVE/list',
    text: [
      'CVE-2024-0002 (Something ...)',
      '\t{DSA-1-1}',
      '\t- p 2.0-1 (bug #1; low)',
      '\t[bookworm] - p <no-dsa> (Minor issue)',
      '\t- old <removed>',
      '\t- o <not-affected> (Vulnerable code not present)',
      '\tNOTE: https://example.org',
      'CVE-2024-0003 [other]',
      '\t[experimental] - q 9-1',
      '\t- q <unfixed> (unimportant)',
      '\t[trixie] - q <not-affected> (Vulnerable code not present)',
      'CVE-2024-0004',
      '\tREJECTED',
      '\t- r <unfixed>',
      'CVE-2024-0010 (text)',
      '\t- s <removed>',
      '\t[bullseye] - s <end-of-life> (Not supported)',
      'CVE-2024-0011 (text)',
      '\t- t 4-1',
      '\t[bookworm] - t 3-1+deb12u1',
    ].join('\n'),
    expected: [
      'Debian:sid p CVE-2024-0002 fixed [..2.0-1] LOW',
      'Debian:bookworm p CVE-2024-0002 affected [..] (no-dsa)',
      'Debian:sid old CVE-2024-0002 affected [..]',
      ...['buster', 'bullseye', 'bookworm', 'trixie', 'forky', 'sid'].map(
        release => `Debian:${release} o CVE-2024-0002 not_affected [..]`,
      ),
      'details CVE-2024-0002 {}',
      ...['buster', 'bullseye', 'bookworm', 'forky', 'sid'].map(
        release => `Debian:${release} q CVE-2024-0003 affected [..] LOW (unimportant)`,
      ),
      'Debian:trixie q CVE-2024-0003 not_affected [..]',
      'details CVE-2024-0003 {}',
      ...['buster', 'bookworm', 'trixie', 'forky', 'sid'].map(
        release => `Debian:${release} s CVE-2024-0010 affected [..]`,
      ),
      'Debian:bullseye s CVE-2024-0010 end_of_life [..] (end-of-life)',
      'details CVE-2024-0010 {}',
      ...['buster', 'bullseye', 'trixie', 'forky'].map(release => `Debian:${release} t CVE-2024-0011 affected [..4-1]`),
      'Debian:sid t CVE-2024-0011 fixed [..4-1]',
      'Debian:bookworm t CVE-2024-0011 fixed [..3-1+deb12u1]',
      'details CVE-2024-0011 {}',
    ],
  },
  {
    feed: 'debian',
    name: 'data/DSA/list: a record for each CVE of the erratum',
    path: 'data/DSA/list',
    text: '[01 Jan 2024] DSA-2-1 p - security update\n\t{CVE-2024-0005 CVE-2024-0006}\n\t[bookworm] - p 1:3-1\n\t[bullseye] - p <not-affected>\n',
    expected: [
      'Debian:bookworm p CVE-2024-0005 fixed [..1:3-1] (DSA-2-1) ~DSA-2-1',
      'Debian:bookworm p CVE-2024-0006 fixed [..1:3-1] (DSA-2-1) ~DSA-2-1',
    ],
  },
  {
    feed: 'alpine',
    name: 'secdb: key "0", several ids and remarks in one string, packages without fixes',
    path: 'main.json',
    text: json({
      distroversion: 'v3.19',
      reponame: 'main',
      urlprefix: 'https://dl-cdn.alpinelinux.org/alpine',
      packages: [
        {
          pkg: {
            name: 'x',
            secfixes: {
              0: ['CVE-2024-0007'],
              '1.0-r1': ['CVE-2024-0008 CVE_2024-0009 (+ regression fix)', 'XSA-200', 'CVE 2024-0010 XSA-201'],
            },
          },
        },
        { pkg: { name: 'y', secfixes: null } },
      ],
    }),
    expected: [
      'Alpine:v3.19 x CVE-2024-0007 not_affected [..]',
      'Alpine:v3.19 x CVE-2024-0008 fixed [..1.0-r1]',
      'Alpine:v3.19 x CVE-2024-0009 fixed [..1.0-r1]',
      'Alpine:v3.19 x XSA-200 fixed [..1.0-r1]',
      'Alpine:v3.19 x CVE-2024-0010 fixed [..1.0-r1] (XSA-201)',
    ],
  },
  {
    feed: 'alpine',
    name: 'the older YAML, with no packages',
    path: 'main.yaml',
    text: '---\ndistroversion: v3.4\nreponame: community\nurlprefix: http://dl-cdn.alpinelinux.org/alpine\npackages:\n',
    expected: [],
  },
  {
    feed: 'alpine',
    name: 'those who took the form: SecureOS',
    path: 'secdb.json',
    text: json({
      apkurl: '{{urlprefix}}/{{arch}}',
      urlprefix: 'https://apk.cve0.io',
      distroversion: 'v1',
      packages: [{ pkg: { name: 'x', secfixes: { 0: ['CVE-2024-0007'], '1.3': ['CVE-2024-0008'] } } }],
    }),
    expected: ['SecureOS x CVE-2024-0007 not_affected [..]', 'SecureOS x CVE-2024-0008 fixed [..1.3]'],
  },
  {
    feed: 'alpine',
    name: 'a release that is not Alpine’s',
    path: 'secdb.json',
    text: json({ urlprefix: 'https://apk.example.org', distroversion: 'v1', packages: [] }),
    expected: ['problem secdb of no known distribution'],
  },
  {
    feed: 'alpine',
    name: "Wolfi's",
    path: 'security.json',
    text: json({
      apkurl: '{{urlprefix}}',
      reponame: 'os',
      urlprefix: 'https://packages.wolfi.dev',
      packages: [{ pkg: { name: 'z', secfixes: { '2-r0': ['GHSA-2222-3333-4444'] } } }],
    }),
    expected: ['Wolfi z GHSA-2222-3333-4444 fixed [..2-r0]'],
  },
  {
    feed: 'csaf',
    name: 'VEX of Red Hat: source packages where there is no fix, minor releases, life extension, hardened images',
    path: 'cve-2024-0011.json',
    text: json({
      document: { csaf_version: '2.0', publisher: { name: 'Red Hat Product Security' }, title: 't' },
      product_tree: {
        full_product_names: [
          ...[
            ['RH9', 'cpe:/o:redhat:enterprise_linux:9'],
            ['RH10', 'cpe:/a:redhat:enterprise_linux:10.1'],
            ['ELS7', 'cpe:/o:redhat:rhel_els:7'],
            ['HUM', 'cpe:/a:redhat:hummingbird:1'],
          ].map(([product_id, cpe]) => ({ product_id, product_identification_helper: { cpe } })),
          ...[
            ['kern', 'kern?arch=src'],
            ['k-0:1-1.el9_2.src', 'k@1-1.el9_2?arch=src'],
            ['k-0:1-1.el9_2.x86_64', 'k@1-1.el9_2?arch=x86_64'],
            ['k-0:1-2.el9_3.x86_64', 'k@1-2.el9_3?arch=x86_64'],
            ['k-0:2-1.hum1.src', 'k@2-1.hum1?arch=src'],
            ['other-0:1-1.el9_2.x86_64', 'other@1-1.el9_2?arch=x86_64'],
          ].map(([product_id, purl]) => ({
            product_id,
            product_identification_helper: { purl: `pkg:rpm/redhat/${purl}` },
          })),
        ],
        relationships: [
          joint('RH9', 'kern'),
          joint('RH9', 'k-0:1-1.el9_2.src'),
          joint('RH9', 'k-0:1-1.el9_2.x86_64'),
          joint('RH9', 'k-0:1-2.el9_3.x86_64'),
          joint('RH10', 'k-0:1-1.el9_2.x86_64'),
          joint('ELS7', 'k-0:1-1.el9_2.x86_64'),
          joint('HUM', 'k-0:2-1.hum1.src'),
          joint('RH9', 'other-0:1-1.el9_2.x86_64'),
        ],
      },
      vulnerabilities: [
        {
          cve: 'CVE-2024-0011',
          product_status: {
            fixed: [
              'RH9:k-0:1-1.el9_2.src',
              'RH9:k-0:1-1.el9_2.x86_64',
              'RH9:k-0:1-2.el9_3.x86_64',
              'RH10:k-0:1-1.el9_2.x86_64',
              'ELS7:k-0:1-1.el9_2.x86_64',
              'HUM:k-0:2-1.hum1.src',
            ],
            known_affected: ['RH9:kern'],
            known_not_affected: ['RH9:other-0:1-1.el9_2.x86_64'],
          },
          remediations: [{ category: 'no_fix_planned', details: 'Out of support scope', product_ids: ['RH9:kern'] }],
        },
      ],
    }),
    expected: [
      'Red Hat:enterprise_linux:9 k CVE-2024-0011 fixed [..1-1.el9_2 ..1-2.el9_3] arches=x86_64',
      'Red Hat:enterprise_linux:10.1 k CVE-2024-0011 fixed [..1-1.el9_2] arches=x86_64',
      'Red Hat:rhel_els:7 k CVE-2024-0011 fixed [..1-1.el9_2] arches=x86_64',
      'Hummingbird k CVE-2024-0011 fixed [..2-1.hum1] names=source',
      'Red Hat:enterprise_linux:9 kern CVE-2024-0011 end_of_life [..] names=source (Out of support scope)',
      'Red Hat:enterprise_linux:9 other CVE-2024-0011 not_affected [1-1.el9_2..] arches=x86_64',
      'details CVE-2024-0011 t {}',
    ],
  },
  {
    feed: 'csaf',
    name: 'VEX of Red Hat: fixed in two streams, will not fix, not affected, other products left out',
    path: 'cve-2024-0010.json',
    text: json({
      document: {
        csaf_version: '2.0',
        publisher: { name: 'Red Hat Product Security' },
        title: 't',
        tracking: { current_release_date: '2024-05-01T00:00:00+00:00' },
      },
      product_tree: {
        branches: [
          {
            branches: [
              {
                product: {
                  product_id: 'B9',
                  name: 'BaseOS',
                  product_identification_helper: { cpe: 'cpe:/o:redhat:enterprise_linux:9::baseos' },
                },
              },
              {
                product: {
                  product_id: 'E9',
                  name: 'EUS',
                  product_identification_helper: { cpe: 'cpe:/o:redhat:rhel_eus:9.2::baseos' },
                },
              },
              {
                product: {
                  product_id: 'RH8',
                  name: 'RHEL 8',
                  product_identification_helper: { cpe: 'cpe:/o:redhat:enterprise_linux:8' },
                },
              },
              {
                product: {
                  product_id: 'OCP',
                  name: 'OpenShift',
                  product_identification_helper: { cpe: 'cpe:/a:redhat:openshift:4' },
                },
              },
              ...['3.9.18-3.el9_4.5', '3.9.19-8.el9'].map(version => ({
                product: {
                  product_id: `py-0:${version}.x86_64`,
                  name: 'py',
                  product_identification_helper: { purl: `pkg:rpm/redhat/py@${version}?arch=x86_64` },
                },
              })),
              {
                product: {
                  product_id: 'py-debuginfo-0:3.9.19-8.el9.x86_64',
                  name: 'd',
                  product_identification_helper: { purl: 'pkg:rpm/redhat/py-debuginfo@3.9.19-8.el9?arch=x86_64' },
                },
              },
            ],
          },
        ],
        relationships: [
          ...['py-0:3.9.18-3.el9_4.5.x86_64', 'py-0:3.9.19-8.el9.x86_64', 'py-debuginfo-0:3.9.19-8.el9.x86_64'].map(
            id => joint('B9', id),
          ),
          joint('E9', 'py-0:3.9.18-3.el9_4.5.x86_64'),
          joint('RH8', 'py'),
          joint('RH8', 'mod:1/py-mod'),
          joint('RH8', 'other'),
          joint('OCP', 'py'),
        ],
      },
      vulnerabilities: [
        {
          cve: 'CVE-2024-0010',
          title: 'py: bad',
          cwe: { id: 'CWE-79' },
          product_status: {
            fixed: [
              'B9:py-0:3.9.18-3.el9_4.5.x86_64',
              'B9:py-0:3.9.19-8.el9.x86_64',
              'B9:py-debuginfo-0:3.9.19-8.el9.x86_64',
              'E9:py-0:3.9.18-3.el9_4.5.x86_64',
            ],
            known_affected: ['RH8:py', 'RH8:mod:1/py-mod', 'OCP:py'],
            known_not_affected: ['RH8:other'],
          },
          remediations: [
            {
              category: 'vendor_fix',
              url: 'https://access.redhat.com/errata/RHSA-2024:1',
              product_ids: ['B9:py-0:3.9.18-3.el9_4.5.x86_64'],
            },
            { category: 'no_fix_planned', details: 'Will not fix', product_ids: ['RH8:py'] },
            { category: 'none_available', details: 'Fix deferred', product_ids: ['RH8:mod:1/py-mod'] },
          ],
          scores: [{ cvss_v3: { vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', baseScore: 7.5 } }],
          threats: [{ category: 'impact', details: 'Moderate', product_ids: [] }],
        },
      ],
    }),
    expected: [
      'Red Hat:enterprise_linux:9::baseos py CVE-2024-0010 fixed [..3.9.18-3.el9_4.5 3.9.19..3.9.19-8.el9] arches=x86_64 MEDIUM (RHSA-2024:1)',
      'Red Hat:rhel_eus:9.2::baseos py CVE-2024-0010 fixed [..3.9.18-3.el9_4.5] arches=x86_64 MEDIUM',
      'Red Hat:enterprise_linux:8 py CVE-2024-0010 will_not_fix [..] MEDIUM (Will not fix)',
      'Red Hat:enterprise_linux:8 py-mod CVE-2024-0010 fix_deferred [..] MEDIUM module=mod:1 (Fix deferred)',
      'Red Hat:enterprise_linux:8 other CVE-2024-0010 not_affected [..] MEDIUM',
      'details CVE-2024-0010 py: bad {"redhat":"MEDIUM"} 7.5',
    ],
  },
  {
    feed: 'updateinfo',
    name: 'extras of Amazon Linux 2: lines beside the system’s own',
    path: 'updateinfo.xml',
    text: `<updates>${[
      ['kernel-5.15', 'kernel', '0', '5.15.43', '20.amzn2'],
      ['mariadb10.5', 'mariadb', '3', '10.5.18', '1.amzn2'],
      ['corretto8', 'java-1.8.0-amazon-corretto', '1', '1.8.0_352.b08', '1.amzn2'],
      ['docker', 'docker', '0', '20.10.17', '1.amzn2'],
    ]
      .map(
        ([topic, name, epoch, version, release], n) =>
          `<update type="security" from="x"><id>ALAS2X-2022-00${n}</id><title>t</title><references><reference id="CVE-2024-0012" type="cve"/></references><pkglist><collection short="amazon-linux-2---${topic}"><name>Amazon Linux 2</name><package name="${name}" epoch="${epoch}" version="${version}" release="${release}" arch="noarch"/></collection></pkglist></update>`,
      )
      .join('')}</updates>`,
    expected: [
      'Amazon Linux:2 kernel ALAS2X-2022-000 fixed [5.15..5.15.43-20.amzn2] ~CVE-2024-0012',
      'details ALAS2X-2022-000 t {}',
      'Amazon Linux:2 mariadb ALAS2X-2022-001 fixed [3:10.5..3:10.5.18-1.amzn2] ~CVE-2024-0012',
      'details ALAS2X-2022-001 t {}',
      'Amazon Linux:2 java-1.8.0-amazon-corretto ALAS2X-2022-002 fixed [..1:1.8.0_352.b08-1.amzn2] ~CVE-2024-0012',
      'details ALAS2X-2022-002 t {}',
      'Amazon Linux:2 docker ALAS2X-2022-003 fixed [..20.10.17-1.amzn2] ~CVE-2024-0012',
      'details ALAS2X-2022-003 t {}',
    ],
  },
  {
    feed: 'updateinfo',
    name: 'Amazon Linux 2023',
    path: 'updateinfo.xml',
    text: '<?xml version="1.0"?><updates><update type="security" status="final"><id>ALAS2023-2024-001</id><title>t</title><severity>Important</severity><references><reference id="CVE-2024-0011" type="cve" href="https://example.org"/></references><pkglist><collection short="amazon-linux-2023"><name>Amazon Linux 2023</name><package name="x" epoch="1" version="2.0" release="3.amzn2023" arch="x86_64"/><package name="x" epoch="1" version="2.0" release="3.amzn2023" arch="aarch64"/><package name="x-debuginfo" epoch="1" version="2.0" release="3.amzn2023" arch="aarch64"/></collection></pkglist></update><update type="bugfix"><id>ALAS2023-2024-002</id></update></updates>',
    expected: [
      'Amazon Linux:2023 x ALAS2023-2024-001 fixed [..1:2.0-3.amzn2023] arches=aarch64|x86_64 HIGH ~CVE-2024-0011',
      'details ALAS2023-2024-001 t {"amazon":"HIGH"}',
    ],
  },
  {
    feed: 'oval',
    name: "Oracle: a fix per architecture, the definition's tests behind it",
    path: 'elsa.xml',
    text: `<oval_definitions><definitions><definition id="oval:com.oracle.elsa:def:1" class="patch"><metadata><title>ELSA-2024-1: x security update (IMPORTANT)</title><affected><platform>Oracle Linux 8</platform></affected><reference source="elsa" ref_id="ELSA-2024-1" ref_url="https://linux.oracle.com/errata/ELSA-2024-1.html"/><reference source="CVE" ref_id="CVE-2024-0012"/><advisory><severity>IMPORTANT</severity></advisory></metadata><criteria operator="AND"><criterion test_ref="t0" comment="Oracle Linux 8 is installed"/><criteria><criterion test_ref="t0" comment="Oracle Linux arch is x86_64"/><criteria><criterion test_ref="t1" comment="x is earlier than 0:1.0-2.el8"/></criteria></criteria></criteria></definition></definitions><tests><rpminfo_test id="t1"><object object_ref="o1"/><state state_ref="s1"/></rpminfo_test></tests><objects><rpminfo_object id="o1"><name>x</name></rpminfo_object></objects><states><rpminfo_state id="s1"><evr datatype="evr_string" operation="less than">0:1.0-2.el8</evr></rpminfo_state></states></oval_definitions>`,
    expected: [
      'Oracle Linux:8 x ELSA-2024-1 fixed [..1.0-2.el8] arches=x86_64 HIGH ~CVE-2024-0012',
      'details ELSA-2024-1 ELSA-2024-1: x security update (IMPORTANT) {"oracle":"HIGH"}',
    ],
  },
  {
    feed: 'alma',
    name: 'errata.full.json with a module',
    path: 'errata.full.json',
    text: json({
      schema_version: '1.0',
      data: [
        {
          id: 'ALSA-2024:2',
          severity: 'Moderate',
          title: 't',
          references: [{ id: 'CVE-2024-0013', type: 'cve' }],
          packages: [
            {
              name: 'x',
              epoch: '0',
              version: '1',
              release: '2.module_el8.5.0+1+a',
              arch: 'x86_64',
              module: 'm:1:8050:abc:x86_64',
            },
          ],
        },
      ],
    }),
    expected: [
      'AlmaLinux:8 x ALSA-2024:2 fixed [..1-2.module_el8.5.0+1+a] arches=x86_64 MEDIUM module=m:1 ~CVE-2024-0013',
      'details ALSA-2024:2 t {"alma":"MEDIUM"}',
    ],
  },
  {
    feed: 'rocky',
    name: 'Apollo',
    path: 'page1.json',
    text: json({
      advisories: [
        {
          name: 'RLSA-2024:3',
          synopsis: 's',
          kind: 'Security',
          severity: 'Critical',
          cves: [{ cve: 'CVE-2024-0014' }],
          packages: [{ nevra: 'x-2:1.0-1.el9.x86_64.rpm', module_name: null, product_name: 'Rocky Linux 9 x86_64' }],
        },
        { name: 'RLBA-2024:4', kind: 'Bug Fix', cves: [], packages: [] },
      ],
    }),
    expected: [
      'Rocky Linux:9 x RLSA-2024:3 fixed [..2:1.0-1.el9] arches=x86_64 CRITICAL ~CVE-2024-0014',
      'details RLSA-2024:3 s {"rocky":"CRITICAL"}',
    ],
  },
]

function joint(platform: string, component: string) {
  return {
    category: 'default_component_of',
    full_product_name: { product_id: `${platform}:${component}` },
    product_reference: component,
    relates_to_product_reference: platform,
  }
}
