import { byteClasses, shareOf } from './rarity.ts'

const letters = Array.from({ length: 26 }, (_, index) => index + 1)

/** For each letter and the one behind it, how many bits it takes to tell the second, in source text and documents. */
const bits = letters.map(first => {
  const shares = letters.map(second => shareOf([first, second]))
  const all = shares.reduce((sum, share) => sum + share, 0)
  return shares.map(share => -Math.log2(share / all))
})

/**
 * How surprising the letters of a text are, each behind the one before it, without case: in bits per letter, 0 where no two letters are neighbours. Words and names of
 * code take 2.5 to 4.7 bits, letters drawn by chance 5 to 8.
 */
export function letterBits(text: string): number {
  let sum = 0
  let count = 0
  let before = 0
  for (let at = 0; at < text.length; at++) {
    const one = byteClasses[text.charCodeAt(at) & 255]!
    const letter = one >= 1 && one <= 26 && text.charCodeAt(at) < 128 ? one : 0
    if (letter > 0 && before > 0) {
      sum += bits[before - 1]![letter - 1]!
      count++
    }
    before = letter
  }
  return count === 0 ? 0 : sum / count
}

/**
 * `JQfJdPRMUMSlmvpDnhop`, `iz_oQXxMEtaas`: letters of no language, at most with a sign between them. Of lower case alone they must be
 * further from any, as names are cut short in code.
 */
export function isRandomLetters(value: string): boolean {
  if (value.length < (/[-_.]/.test(value) ? 12 : 10) || !/^[A-Za-z]+(?:[-_.][A-Za-z]+){0,3}$/.test(value)) return false
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value)
  return letterBits(value) >= (mixed ? 5 : value.length >= 14 ? 5.4 : 6)
}

/** `castle-maple-marble`: words that nobody joins to name something, as they are drawn from a list for a password. */
export function isPassphrase(value: string): boolean {
  const words = value.split(/[-_ ]/.exec(value)?.[0] ?? ' ')
  if (words.length < 3 || words.length > 8) return false
  if (!words.every(word => /^(?:[a-z]{4,9}|[A-Z][a-z]{3,8})$/.test(word))) return false
  return new Set(words).size === words.length && !words.some(word => namingWords.has(word.toLowerCase()))
}

/** What names of settings, fields, messages and places are made of. */
const namingWords = new Set(
  `
able about accept access account action active actor added address admin after again agent alert alias allow alpha also always amazon android annotation
anonymous answer apache apply apps archive argo array asset assets attribute audio audit auth author auto available azure back background backend backup
banner base based basic batch beat been before begin below beta binary block blog board body book bool both bottom branch broker browser bucket buffer build
builder bundle button bytes cache call card case cell center cert certificate chain change channel char chart chat check child choice choose claim class
clean clear click client clone close cloud cluster code collection color column command comment commit common company complete component compose config
configmap confirm connect connection console const consumer contact container content context control controller convert cookie copy core correct count
create created creds credential credentials crypt current custom customer dash dashboard data database date debug decode deep default define delete deploy
deployment desc description design detail details device devel dialog digest direct directory disable display dist docker docs document domain done down
download drive driver drop dummy duration each edge edit editor element email empty enable encoded encoding encrypt encrypted encryption engine enter entity
entry environment equal error even event every exact example exchange exec exist exists expire expired expires export express external extra fail failed
failure false fast feature fetch field fields file files fill filter final find first flag flags flow focus folder font footer force foreign forgot form
format forms found frame free from front full function gateway generate generated generator generic github gitlab give global google grafana grant graph
grid group guest handle handler hash have head header headers heading health hello help helper here hidden hide high hint hold holder home hook host hosts
hour html http https icon icons identity image images import incorrect index info init initial inline inner input insert inside install instance integration
interface internal internet into invalid ioredis issue issuer item items java jenkins jobs join json just keep keychain keycloak keys keystore kind kube
kubernetes label lang last launch layer layout ldap least left legacy length less level license life like limit line link links linux list load loader local
locale locked logger login logo logout long look lookup loop lost made mail main make manage manager manifest manual mask master match mean media meet
member memory menu message messages meta metadata method metric middle migration mini minimum minio mirror missing mobile mock modal mode model module money
mongo mongodb monitor month more most mount move multi must mysql name named names need nested network never next nginx node none normal note notes
notification null number oauth object octet offset once online only open operator option optional options oracle order origin other otherwise outer output
over owner page panel param params parent parse parser part partial partner parts pass passcode passed passphrase password passwords past patch path pattern
payload payment pending person phone photo pick pipeline place plain platform play please plugin pool port post postgres postgresql preview previous price
primary print private process prod product production profile project prompt property protect protected protection provide provided provider proxy public
publish pull push query queue quick quota rabbit rabbitmq random range rate read reader ready real reason receive record recover recovery redirect redis
reference refresh regex region register registration registry release reload remember remote remove render repeat replica reply report repository request
require required reset resource response rest result results retry return returned right role root route router rule rules runner runtime safe same sample
sandbox save scan schema scope screen script scroll search second secret secrets section secure security select self send sentry sequence serve server
service services session sessions setting settings setup shared shell short should show side sign signature signed signin signing simple since single site
size slack small smtp snapshot social sort source space spec spring stack stage staging standard start state static status step still stop storage store
stream strength string strings strong structure style submit success super support switch symbol sync syntax system table tabs target task team tech
template temporary tenant term terms test testing tests text than that their them then there they this those three through ticket time timeout title toast
today toggle token tokens tool tools topic total trace track traffic transaction transfer transform tree trigger true trust turn type types undefined under
union unique unknown unlock until unused update upload upper usage used user username users using utils valid validate validation validator value values
variable vault vendor verification verified verify version very video view views visible volume wait wallet want warning watch webhook week weight welcome
were what when where which while widget width wifi will window with without word words work worker workflow workspace world would wrap write wrong xcode
yaml year your zone
`
    .trim()
    .split(/\s+/),
)
