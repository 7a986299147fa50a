/**
 * How seldom one class of bytes follows another (`byteClasses`) in source text and documents, as counted over packages of npm, PyPI and Go and a system's
 * documents: a digit of base 36 for each pair, 1.5 times the bits. Made once; the search is as right with any other table, only slower.
 */
const pairs = [
  '5becddcffcjheddddjcbbeeeiilcegi8',
  'ecfcegienemgcccidjcdbfhgigifjkoe',
  'ifkjjekmnhhofmmgmmhilfnonhpfknre',
  'gckgicjndglfejlbjnfhdgmomimfilqd',
  'ceiigbjklenkijkfinhgjglmnjpggipd',
  'adhdcfegkhildebheeabbjfgdgnfefna',
  'dfkkkghmodqohkkeopgihfppqjqgjmre',
  'egjkmdmjhfnohkhhkpggigmopmmmilre',
  'felkmconnepmklnflohkfhoorlpjilqf',
  'hfgddeeenkokdeabflfccmgpiqhljope',
  'mknnogqpqnqmppqjppqgqlpprpqnprrk',
  'ghllmenkohqpllklmpmiliolqoqkjlqg',
  'edijgcglnckmdllejokffdkmpgpkhjpe',
  'fdgkjcmmpennhgkfeolgjinnpjojikpf',
  'bdkdddfcmfmiijgdgnjcbfhmninkghoc',
  'ehfedkegnhjhedagdobfedgfkkmminqg',
  'hdmjhcklifqlekmdgpdfeeknnhqlikqf',
  'ljmopoppqpqplppopopooeqoqpqkosxj',
  'cckegaigmcphhgecjneeefgkofpkgjod',
  'bflfibjjfdphiiieelhdbfijlgojffob',
  'bckfhbikbbnlhhjdfoceeelhkdoifhob',
  'ihfghdiipfqodedkfqdednoqmppinrqi',
  'ienjodpnpfqpomnimqnmooppqpqhkoqi',
  'hfmmmhooheqpnnjgnpihnppkpqqmlpth',
  'ijlhmimpoiponjongqlkfopqmmqgjmsh',
  'ejlkljmmokppjjhheqihinnjonnmijre',
  'nkoophoqolrrompiqqqoqnqppopnnttk',
  'cfffgggmkmnnklmnllmjknkninl8gira',
  'gghfhhhiigmjhhhigmhfgiijmpmfepqg',
  'blnlmmmpontrkmmokrmllnmqqqtjpjzd',
  'ioppqorrrosrpqpoqxpoorqrsstsqrcj',
  '7dfcedeefdigeedediecdffhgilbfck7',
]

/** Four letters that stand far more often in them than their pairs would have it, the most frequent first. */
const frequent = new Map(
  `
tion atio type name stri ptio ring turn etur retu requ trin ment valu alue this ions ctio eque cont port para code uest ques func node test
aram rror erro self file http sion opti caac ourc sour urce able stat with conf comm data oper list onfi ject nfig nput inpu rati reso cons
prop time ttps serv scri lass clas unct form esou ncti text date mber onst inte from reat atch cati vers crea onte bjec ated comp shap hape
outp ersi tput utpu enti resp ting that iona obje vice eate alid nter ript crip vali ault call rope erat desc faul pert rsio spec none orma
ance pres inst escr will true equi onse spon efau nsta icat rame quir uire espo defa ents itio onal tati cept pons eter ight path buil thub
ithu gith exce sage stru ntex lumi ecti ulum pulu stan lice umen back grou ture loca cess mple pdat truc upda ruct ange rmat dule tate ield
even mpor figu vent igur read fiel resu xcep work impo ense icen amet tive ding emen sing mete base erty roup ient cens onta rams ount span
sult esul expo line lete urat ifie efin defi mode dent ress tatu atus enta tain omme eaae ervi oken elet xpor mmen toke ates lien epti numb
clie umbe info rvic null copy modu odul star expe chan dele late meth erve ctor ltin ster gura uilt ssio embe ired coun essa pect iles make
oint user ilti lues init arra trib etho poin tanc tart thod plic peci ribu ibut mess head ntai ssag ipti tern siti regi alse prov rate tter
ning clud ence essi acti word auth sent rver ener less sche memb cate dejs odej righ matc ocat tent nclu incl lect prot unde when conn meta
ampl iaai ecif load chec attr erti ader asse stor tran pera fals olic ters heck args ensi poli urns bool ound rray size fine ndex iden mati
ntat xpec acce maam esen nnec ping used ings nval lica hang onne tabl roto ined over rans lude azon nect amaz mazo repl clus eade llow tric
licy lang inva lust uste leme ecto lbac tifi dict llba case gene appl rele ator erna arge cces ecte quer allb html kube aaaa bute docu cume
ocum vide sert efer rovi nera olum trea sign cted cifi rect char ctur only main leng href lter omma targ ngth engt curr stem aine mand epre
ypes item esta yste syst ffer posi open sync pull ific utio next etri ream nsit imit rget uery ovid urre fail metr keyw ywor eywo uctu writ
chem mman pend osit reco sets nten odel limi elem tory diti exte allo plac fere refe ties gaag lace evic part orts term rren nfor ilte util
filt cach istr exam link hand ommi mmit sser lida xamp idat renc devi docs lock gion egio ermi niti
`
    .trim()
    .split(/\s/)
    .map((four, rank) => [[...four].map(letter => letter.charCodeAt(0) - 96).join(), rank]),
)

/** Letters apart; digits, the signs that join words, colons, bytes beyond ASCII, other signs, and blanks each together: 32 classes, without case. */
export const byteClasses = Uint8Array.from({ length: 256 }, (_, byte) => {
  const low = byte >= 65 && byte <= 90 ? byte + 32 : byte
  if (low >= 97 && low <= 122) return low - 96
  if (low >= 48 && low <= 57) return 27
  if (low === 95 || low === 45) return 28
  if (low === 58) return 29
  return low >= 128 ? 30 : low > 32 ? 31 : 0
})

const shares = pairs.map(row => [...row].map(digit => 2 ** (-Number.parseInt(digit, 36) / 1.5)))
const alone = shares.map(row => row.reduce((sum, share) => sum + share, 0))

/** The share of places at which bytes of these classes stand one behind the other, roughly; -1 is any. */
export function shareOf(classes: readonly number[]): number {
  const rank = frequent.get(classes.join())
  if (rank !== undefined) return 0.001 / (1 + Number(rank) / 60)
  let share = 1
  let before = -1
  for (const one of classes) {
    if (one >= 0) share *= before < 0 ? alone[one]! : shares[before]![one]! / alone[before]!
    before = one
  }
  return share
}
