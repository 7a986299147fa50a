import { testCases } from './cases.testing.ts'

/** Every language: names folded, versions compared, OSV’s ranges evaluated. */
testCases(`
composer happy | composer symfony/symfony 4.2.6 | 1: Packagist » symfony/symfony >=4.2.0 <4.2.7 | 1
composer case folds | composer Symfony/Symfony v4.2.6 | 1: Packagist » symfony/symfony >=4.2.0 <4.2.7 | 1
go pseudo | golang github.com/foo/bar v0.0.0-20200101000000-abcdefabcdef | 1: Go » github.com/foo/bar <0.0.0-20210101000000-123456abcdef & 2: Go » github.com/foo/bar <0.0.0-20190101000000-123456abcdef | 1
go incompatible | golang github.com/docker/docker v20.10.9+incompatible | 1: Go » github.com/docker/docker <20.10.11 | 1
go v in advisory | golang github.com/x/y v1.2.3 | 1: Go » github.com/x/y <v1.2.4 | 1
go major suffix is another module | golang github.com/x/y/v2 v2.2.3 | 1: Go » github.com/x/y <2.2.4 |
go case is kept | golang github.com/X/Y v1.2.3 | 1: Go » github.com/x/y <1.2.4 |
go stdlib | golang stdlib v1.20.3 | 1: Go » stdlib <1.19.9 >=1.20.0-0 <1.20.4 | 1
go stdlib fixed branch | golang stdlib v1.19.9 | 1: Go » stdlib <1.19.9 >=1.20.0-0 <1.20.4 |
pypi names fold | pypi Oslo.Utils 4.0.0 | 1: PyPI » oslo-utils <4.1.0 | 1
pypi underscore | pypi typing_extensions 4.0.0 | 1: PyPI » typing-extensions <4.1.0 | 1
pypi post and local | pypi foo 1.0+ubuntu1 | 1: PyPI » foo <1.0.post1 & 2: PyPI » foo <1.0 | 1
pypi epoch | pypi foo 1!0.5 | 1: PyPI » foo <2.0 & 2: PyPI » foo <1!1.0 | 2
pypi versions only | pypi foo 1.0.0 | 1: PyPI » foo =1.0,1.1 & 2: PyPI » foo =1.1 | 1
pypi dev | pypi foo 1.0.dev3 | 1: PyPI » foo <1.0a1 | 1
nuget case folds | nuget newtonsoft.json 12.0.3 | 1: NuGet » Newtonsoft.Json <13.0.1 | 1
nuget four parts | nuget Foo 1.0.0.1 | 1: NuGet » Foo <1.0.0.2 & 2: NuGet » Foo <1.0.0.1 | 1
maven colon | maven org.apache.logging.log4j:log4j-core 2.14.1 | 1: Maven » org.apache.logging.log4j:log4j-core >=2.13.0 <2.15.0 & 2: Maven » org.apache.logging.log4j:log4j-api <2.15.0 | 1
maven jre | maven com.microsoft.sqlserver:mssql-jdbc 12.10.2.jre11 | 1: Maven » com.microsoft.sqlserver:mssql-jdbc <12.10.2 |
maven snapshot | maven a:b 1.0-SNAPSHOT | 1: Maven » a:b <1.0 | 1
maven final | maven a:b 4.1.0.Final | 1: Maven » a:b <4.1.0 |
npm scope | npm @angular/core 11.0.4 | 1: npm » @angular/core <11.0.5 | 1
npm prerelease | npm electron 18.0.0-beta.5 | 1: npm » electron >=18.0.0-beta.1 <18.0.0-beta.6 | 1
npm case is kept | npm JSONStream 1.0.0 | 1: npm » jsonstream <1.0.1 & 2: npm » JSONStream <1.0.1 | 2
npm last affected | npm event-stream 3.3.6 | 1: npm » event-stream >=3.3.6 <=3.3.6 | 1
npm limit | npm foo 2.0.0 | 1: npm » foo ^2.0.0 & 2: npm » foo ^2.0.1 | 2
npm events out of order | npm foo 1.5.0 | 1: npm » foo <2.0.0 >=1.0.0 & 2: npm » foo >=1.9.0 <1.2.0 >=0 <2.0.0 | 1
npm several events | npm foo 1.5.0 | 1: npm » foo <1.4.0 >=1.5.0 <1.5.1 & 2: npm » foo <1.4.0 >=1.6.0 <1.6.1 | 1
npm malware | npm evil-pkg 1.0.0 | MAL-2024-1: npm » evil-pkg * | MAL-2024-1
npm withdrawn | npm foo 1.0.0 | GHSA-aaaa-bbbb-cccc: npm » foo <2.0.0 withdrawn & GHSA-aaaa-bbbb-dddd: npm » foo <2.0.0 | GHSA-aaaa-bbbb-dddd
npm aliases merge | npm foo 1.0.0 | GHSA-aaaa-bbbb-cccc: npm » foo <2.0.0 aliases=1 & SNYK-1: npm » foo <2.0.0 aliases=1 | 1
gem platform | gem nokogiri 1.13.5-x86_64-linux | 1: RubyGems » nokogiri <1.13.6 & 2: RubyGems » nokogiri <1.13.5 | 1
gem prerelease | gem rails 7.0.0.rc1 | 1: RubyGems » rails <7.0.0 & 2: RubyGems » rails <7.0.0.beta1 | 1
rust patched list | cargo ammonia 2.1.4 | 1: crates.io » ammonia <2.1.3 >=3.0.0 <3.1.0 |
rust patched list vulnerable | cargo ammonia 3.0.0 | 1: crates.io » ammonia <2.1.3 >=3.0.0 <3.1.0 | 1
rust zero prerelease | cargo foo 0.0.1 | RUSTSEC-2020-0001: crates.io » foo >=0.0.0-0 <0.1.0 | RUSTSEC-2020-0001
hex | hex phoenix 1.6.13 | 1: Hex » phoenix <1.6.14 | 1
pub | pub http 0.13.2 | 1: Pub » http <0.13.3 | 1
swift url | swift github.com/apple/swift-nio 2.41.0 | 1: SwiftURL » github.com/apple/swift-nio >=2.41.0 <2.42.0 | 1
swift url forms | swift https://github.com/apple/swift-nio.git 2.41.0 | 1: SwiftURL » https://github.com/apple/swift-nio <2.42.0 | 1
cocoapods | cocoapods SwiftNIO 2.41.0 | 1: CocoaPods » SwiftNIO <2.42.0 | 1
cran | cran readxl 1.4.0 | RSEC-2023-1: CRAN » readxl >=1.3.0 <1.4.1 =1.3.0,1.4.0 | RSEC-2023-1
hackage | hackage aeson 1.5.6.0 | HSEC-2023-0001: Hackage » aeson >=0.4.0.0 <2.0.1.0 | HSEC-2023-0001
github actions | github actions/download-artifact 4.1.0 | 1: GitHub Actions » actions/download-artifact >=4.0.0 <4.1.3 | 1
github actions v | github tj-actions/changed-files v45.0.7 | 1: GitHub Actions » tj-actions/changed-files <=45.0.7 | 1
conan | conan pcre 8.43 | 1: ConanCenter » pcre <8.45 | 1
julia | julia HTTP 1.9.0 | JLSEC-2025-1: Julia » HTTP <1.10.0 | JLSEC-2025-1
opam | opam dune 3.0.0 | OSEC-2025-1: opam » dune <3.0.1 | OSEC-2025-1
vscode | vscode-extension ms-python/python 2024.1.0 | 1: VSCode » ms-python/python <2024.2.0 | 1
k8s | k8s k8s.io/apiserver 1.21.1 | 1: Kubernetes » k8s.io/apiserver >=1.21.0 <=1.21.2 | 1
seal pip | pypi seal-requests 2.14.2+sp1 | 1: seal pip » seal-requests >=2.14.2+sp1 <2.14.2+sp999 | 1
seal pip plain | pypi django 4.2.8+sp1 | 1: seal pip » django >=4.2.8+sp1 <4.2.8+sp999 | 1
seal go | golang sealsecurity.io/golang.org/x/crypto v0.26.0-sp1 | 1: seal go » sealsecurity.io/golang.org/x/crypto >=0.26.0-sp1 <0.26.0-sp2 | 1
seal maven | maven seal.sp1.org.apache.logging.log4j:log4j-core 2.13.3 | 1: seal maven » seal.sp1.org.apache.logging.log4j:log4j-core >=2.13.3 <2.13.3+sp999 | 1
seal fixed | npm ejs 3.1.8-sp999 | 1: seal npm » ejs >=3.1.8-sp1 <3.1.8-sp999 |
seal silences the public record it fixes | npm ejs 3.1.8-sp2 | 2: seal npm » ejs >=3.1.8-sp1 <3.1.8-sp2 & 2: npm » ejs <3.1.10 |
empty patched | npm foo 1.0.0 | 1: npm » foo * | 1
invalid version | gem foo not-a-version! | 1: RubyGems » foo <2.0 |
fold | pypi Django 3.2.4 | GHSA-aaaa-bbbb-cccc: PyPI » django <3.2.5 | GHSA-aaaa-bbbb-cccc
gem | gem rails 7.0.3 | GHSA-aaaa-bbbb-cccc: RubyGems » rails <7.0.4 | GHSA-aaaa-bbbb-cccc
java | maven log4j-core 2.14.0 | GHSA-aaaa-bbbb-cccc: Maven » org.apache.logging.log4j:log4j-core <2.15.0 |
java with group | maven org.apache.logging.log4j:log4j-core 2.14.0 | GHSA-aaaa-bbbb-cccc: Maven » org.apache.logging.log4j:log4j-core <2.15.0 | GHSA-aaaa-bbbb-cccc
npm | npm @angular/core 11.0.4 | GHSA-aaaa-bbbb-cccc: npm » @angular/core <11.0.5 | GHSA-aaaa-bbbb-cccc
go | golang github.com/gin-gonic/gin v1.8.0 | GHSA-aaaa-bbbb-cccc: Go » github.com/gin-gonic/gin <1.9.0 | GHSA-aaaa-bbbb-cccc
devel has no version | golang github.com/gin-gonic/gin (devel) | GHSA-aaaa-bbbb-cccc: Go » github.com/gin-gonic/gin <1.9.0 |
nuget | nuget Newtonsoft.Json 12.0.3 | GHSA-aaaa-bbbb-cccc: NuGet » newtonsoft.json <13.0.1 | GHSA-aaaa-bbbb-cccc
crate | cargo tokio 1.18.0 | GHSA-aaaa-bbbb-cccc: crates.io » tokio <1.18.4 | GHSA-aaaa-bbbb-cccc
composer | composer laravel/framework v8.0.0 | GHSA-aaaa-bbbb-cccc: Packagist » laravel/framework <8.1.0 | GHSA-aaaa-bbbb-cccc
hex | hex plug 1.3.0 | GHSA-aaaa-bbbb-cccc: Hex » plug <1.3.2 | GHSA-aaaa-bbbb-cccc
bitnami | bitnami postgresql 14.2.0-1 | BIT-postgresql-2023-1: Bitnami » postgresql <14.3.0 aliases=1 | 1
bitnami revision is no prerelease | bitnami postgresql 14.3.0-1 | BIT-postgresql-2023-1: Bitnami » postgresql <14.3.0 aliases=1 |
pub | pub http 0.13.2 | GHSA-aaaa-bbbb-cccc: Pub » http <0.13.3 | GHSA-aaaa-bbbb-cccc
github action | github actions/download-artifact v4.1.0 | GHSA-aaaa-bbbb-cccc: GitHub Actions » actions/download-artifact >=4.0.0 <4.1.3 | GHSA-aaaa-bbbb-cccc
swift | swift github.com/apple/swift-nio 2.41.0 | GHSA-aaaa-bbbb-cccc: SwiftURL » github.com/apple/swift-nio <2.42.0 | GHSA-aaaa-bbbb-cccc
R | cran readxl 1.4.0 | RSEC-2023-1: CRAN » readxl <1.4.1 | RSEC-2023-1
bitnami: an event without a packaging means every one | bitnami nginx 1.25.1-3 | 1: Bitnami » nginx <=1.25.1 & 2: Bitnami » nginx <1.25.1 & 3: Bitnami » nginx =1.25.1 | 1 3
root pypi | pypi requests 2.20.0+root.io.1 | 1: Root:PyPI » requests <2.20.0+root.io.2 & 2: PyPI » requests <2.31.0 | 1
root npm | npm lodash 4.17.20-root.io.1 | 1: Root:npm » lodash <4.17.20-root.io.2 | 1
go zero fix | golang github.com/a/b v1.0.0 | 1: Go » github.com/a/b <0 |
go +incompatible introduced | golang github.com/a/b v2.0.0+incompatible | 1: Go » github.com/a/b >=2.0.0+incompatible <2.1.0+incompatible | 1
go module path with major in record | golang github.com/a/b/v3 v3.1.0 | 1: Go » github.com/a/b/v3 >=3.0.0 <3.2.0 | 1
go toolchain rc | golang stdlib v1.22rc1 | 1: Go » stdlib >=1.22.0-0 <1.22.1 | 1
go name with upper case in record | golang github.com/Masterminds/goutils v1.1.0 | 1: Go » github.com/Masterminds/goutils <1.1.1 | 1
maven uppercase | maven Org.Foo:Bar 1.0 | 1: Maven » org.foo:bar <2.0 |
maven range with qualifiers | maven a:b 2.13.0-rc1 | 1: Maven » a:b >=2.13.0 <2.14 & 2: Maven » a:b <2.13.0 | 2
maven timestamps | maven a:b 9.4.17.v20190418 | 1: Maven » a:b <9.4.18.v20190429 | 1
nuget prerelease | nuget X 6.0.0-preview.2 | 1: NuGet » X <6.0.0-preview.10 & 2: NuGet » X <6.0.0-preview.1 | 1
nuget listed | nuget X 6.0.0 | 1: NuGet » X =6.0.0.0 | 1
gem listed | gem x 1.0 | 1: RubyGems » x =1.0.0 | 1
composer dev branch | composer a/b dev-master | 1: Packagist » a/b <2.0.0 |
composer v | composer a/b v1.0.0-beta1 | 1: Packagist » a/b <1.0.0 & 2: Packagist » a/b <1.0.0-alpha5 | 1
hex rc | hex phoenix 1.7.0-rc.0 | 1: Hex » phoenix >=1.6.0 <1.7.0-rc.1 | 1
pub build | pub x 1.0.0+1 | 1: Pub » x <1.0.0+2 & 2: Pub » x <1.0.0 | 1
swift short | swift github.com/vapor/vapor 4.40.0 | 1: SwiftURL » github.com/vapor/vapor <4.40.1 | 1
swift scheme and www | swift github.com/Vapor/vapor 4.40.0 | 1: SwiftURL » https://github.com/vapor/vapor.git <4.40.1 | 1
cran dash | cran x 1.0-2 | 1: CRAN » x <1.0.3 | 1
hackage listed | hackage x 1.2 | 1: Hackage » x =1.2 | 1
opam tilde | opam x 1.0~beta1 | 1: opam » x <1.0 | 1
github short tag | github actions/checkout v3 | 1: GitHub Actions » actions/checkout <4.0.0 | 1
github subpath | github github/codeql-action/init v2.1.0 | 1: GitHub Actions » github/codeql-action <2.2.0 | 1
pypi pre in range | pypi django 4.2rc1 | 1: PyPI » django >=4.2a1 <4.2.1 & 2: PyPI » django >=4.2 <4.2.1 | 1
pypi names with dots | pypi zope.interface 5.0 | 1: PyPI » zope-interface <5.1 | 1
crates dash underscore | cargo serde_json 1.0.0 | 1: crates.io » serde-json <1.0.1 |
crates build | cargo libgit2-sys 0.13.4+1.4.2 | 1: crates.io » libgit2-sys <0.13.5+1.4.5 | 1
vscode case | vscode-extension Ms-Python/Python 2024.1.0 | 1: VSCode » ms-python/python <2024.2.0 | 1
ghc component | hackage base 4.17 | 1: GHC » base <4.18 |
cocoapods subspec | cocoapods AFNetworking/NSURLSession 2.5.0 | 1: CocoaPods » AFNetworking <2.5.3 | 1
conan recipe | conan openssl 1.1.1k | 1: ConanCenter » openssl <1.1.1l | 1
luarocks | luarocks x 1.0-1 | 1: LuaRocks » x <1.1-1 | 1
erlang otp | otp ssl 10.9 | 1: Erlang » ssl <11.0 |
`)
