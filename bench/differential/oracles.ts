/** A program that knows an ecosystem's order or ranges for certain: it reads rows of two fields (tab between) and answers a line each. */
export interface Oracle {
  type: string
  /** `order` answers -1, 0, 1; `range` (version, range) true or false; `?` where it refuses the input. */
  asks: 'order' | 'range'
  title: string
  command: string[]
  /** Put into a file whose path follows the command. */
  script?: { name: string; text: string }
}

const python = (type: string, asks: Oracle['asks'], title: string, setup: string, answer: string): Oracle => ({
  type,
  asks,
  title,
  command: ['python3'],
  script: {
    name: `${type}-${asks}.py`,
    text: `import sys
${setup}
def sign(x, y):
    return -1 if x < y else 1 if y < x else 0
for line in sys.stdin:
    a, b = line.rstrip("\\n").split("\\t")
    try:
        print(${answer})
    except Exception:
        print("?")
`,
  },
})

const ruby = (asks: Oracle['asks'], title: string, answer: string): Oracle => ({
  type: 'gem',
  asks,
  title,
  command: ['ruby'],
  script: {
    name: `gem-${asks}.rb`,
    text: `require "rubygems"
STDIN.each_line do |line|
  a, b = line.chomp.split("\\t", -1)
  begin
    puts ${answer}
  rescue StandardError
    puts "?"
  end
end
`,
  },
})

const node = (asks: Oracle['asks'], answer: string): Oracle => ({
  type: 'npm',
  asks,
  title: 'node-semver',
  command: ['node'],
  script: {
    name: `npm-${asks}.cjs`,
    text: `const { execFileSync } = require('node:child_process')
const semver = require(process.env.NODE_SEMVER || execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim() + '/npm/node_modules/semver')
const rows = require('node:fs').readFileSync(0, 'utf8').split('\\n').filter(row => row !== '')
for (const row of rows) {
  const [a, b] = row.split('\\t')
  try { console.log(${answer}) } catch { console.log('?') }
}
`,
  },
})

const php = (asks: Oracle['asks'], title: string, answer: string): Oracle => ({
  type: 'composer',
  asks,
  title,
  command: ['php', '-d', 'display_errors=0'],
  script: {
    name: `composer-${asks}.php`,
    text: `<?php
require_once (getenv('COMPOSER_SEMVER') ?: '/usr/share/php/Composer/Semver') . '/autoload.php';
use Composer\\Semver\\Comparator;
use Composer\\Semver\\VersionParser;
use Composer\\Semver\\Semver;
while (($line = fgets(STDIN)) !== false) {
    [$a, $b] = explode("\\t", rtrim($line, "\\n"));
    try { $p = new VersionParser(); echo ${answer}, "\\n"; } catch (\\Throwable $e) { echo "?\\n"; }
}
`,
  },
})

const java = (asks: Oracle['asks'], imports: string, answer: string): Oracle => ({
  type: 'maven',
  asks,
  title: 'maven-artifact',
  command: ['java', '-cp', '/usr/share/java/*:/usr/share/maven/lib/*'],
  script: {
    name: `Maven${asks}.java`,
    text: `import java.io.*;
import org.apache.maven.artifact.versioning.*;
${imports}
public class Maven${asks} {
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = in.readLine()) != null; ) {
      String[] row = line.split("\\t", -1);
      try { System.out.println(${answer}); } catch (Exception error) { System.out.println("?"); }
    }
  }
}
`,
  },
})

const semverPhp = `version_compare($p->normalize($a), $p->normalize($b))`

export const oracles: Oracle[] = [
  {
    type: 'deb',
    asks: 'order',
    title: 'dpkg',
    command: ['perl'],
    script: {
      name: 'deb.pl',
      text: `use Dpkg::Version;
while (<STDIN>) {
  chomp; my ($a, $b) = split /\\t/, $_, -1;
  my ($x, $y) = (Dpkg::Version->new($a), Dpkg::Version->new($b));
  if (!$x->is_valid() || !$y->is_valid()) { print "?\\n"; next; }
  my $order = $x <=> $y;
  print "$order\\n";
}
`,
    },
  },
  {
    type: 'rpm',
    asks: 'order',
    title: 'rpm',
    command: ['sh'],
    script: {
      name: 'rpm.sh',
      text: `rows=$(mktemp); cat > "$rows"
rpm --eval "%{lua:
for line in io.lines('$rows') do
  local a, b = line:match('^(.-)\\t(.*)$')
  local ok, order = pcall(function() local x, y = rpm.ver(a), rpm.ver(b); return x < y and -1 or y < x and 1 or 0 end)
  print(ok and order or '?') print('\\\\n')
end}" | grep .
rm "$rows"
`,
    },
  },
  python('pypi', 'order', 'packaging', 'from packaging.version import Version', 'sign(Version(a), Version(b))'),
  python(
    'pypi',
    'range',
    'packaging',
    'from packaging.version import Version\nfrom packaging.specifiers import SpecifierSet',
    'str(SpecifierSet(b).contains(Version(a), prereleases=True)).lower()',
  ),
  python('conda', 'order', 'rattler', 'from rattler import Version', 'sign(Version(a), Version(b))'),
  python(
    'conda',
    'range',
    'rattler',
    'from rattler import Version, VersionSpec',
    'str(VersionSpec(b).matches(Version(a))).lower()',
  ),
  python(
    'ebuild',
    'order',
    'portage',
    'from portage.versions import vercmp\ndef order(x):\n    if x is None: return "?"\n    return -1 if x < 0 else 1 if x > 0 else 0',
    'order(vercmp(a, b))',
  ),
  ruby('order', 'Gem::Version', 'Gem::Version.new(a) <=> Gem::Version.new(b)'),
  ruby('range', 'Gem::Requirement', 'Gem::Requirement.new(b.split(",")).satisfied_by?(Gem::Version.new(a))'),
  node('order', 'semver.compare(a, b, { loose: true })'),
  node(
    'range',
    'semver.valid(a, true) && semver.validRange(b, true) !== null ? semver.satisfies(a, b, { loose: true, includePrerelease: true }) : "?"',
  ),
  php('order', 'composer/semver', semverPhp),
  php('range', 'composer/semver', `Semver::satisfies($a, $b) ? 'true' : 'false'`),
  java('order', '', 'Integer.signum(new ComparableVersion(row[0]).compareTo(new ComparableVersion(row[1])))'),
  java('range', '', 'VersionRange.createFromVersionSpec(row[1]).containsVersion(new DefaultArtifactVersion(row[0]))'),
  python(
    'alpm',
    'order',
    'libalpm',
    'import ctypes\nlib = ctypes.CDLL("libalpm.so.13")',
    'lib.alpm_pkg_vercmp(a.encode(), b.encode())',
  ),
  {
    type: 'cpan',
    asks: 'order',
    title: 'version.pm',
    command: ['perl'],
    script: {
      name: 'cpan.pl',
      text: `use version;
while (<STDIN>) {
  chomp; my ($a, $b) = split /\\t/, $_, -1;
  my $order = eval { version->parse($a) <=> version->parse($b) };
  print defined $order ? "$order\\n" : "?\\n";
}
`,
    },
  },
  {
    type: 'golang',
    asks: 'order',
    title: 'x/mod/semver',
    command: ['sh'],
    script: {
      name: 'golang.sh',
      text: `folder=$(mktemp -d); mkdir "$folder/semver"
cp "$(go env GOROOT)/src/cmd/vendor/golang.org/x/mod/semver/semver.go" "$folder/semver/"
cat > "$folder/go.mod" <<'END'
module order

go 1.21
END
cat > "$folder/main.go" <<'END'
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"order/semver"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		a, b, _ := strings.Cut(lines.Text(), "\\t")
		if !semver.IsValid(a) || !semver.IsValid(b) {
			fmt.Println("?")
			continue
		}
		fmt.Println(semver.Compare(a, b))
	}
}
END
(cd "$folder" && go build -o order . ) && "$folder/order"
rm -r "$folder"
`,
    },
  },
]
