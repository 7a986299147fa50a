import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { bufferSource } from './bytes.ts'
import { unpacked } from './source.ts'

/** One text of 400 words with runs and repeats, packed by bzip2 1.0.8 and by xz 5.4.1 (-0). */
const digest = '9d8243a89dc4a3b097cffddb76ee2f78b87b39e6572ad58c04b4922f8fc61c50'
const packed: Record<string, Buffer> = {
  bzip2: Buffer.from(
    [
      'QlpoOTFBWSZTWcpfsQMABPNfgEAQABN/5QoAAQAvrchAUAO7xjdmmjNu1QNT00JkmKUABoAin5J5CqeTU0AAARVP/JoQT0pAAjIwxpiMI0wAAA',
      'iUBNRommiPUHlG9Sd1kXo9AOjEQhypVGxXMF6zTTgu0nMknOTWqXtrNKkm2NqUz8gjgH4BWADoVbCrfPOUlnVewq8kV569oVl9umrmbneuPNqb',
      'S9u9K+IbqEjIshIrJIhINd6gXlKSfFdB70NJGZyiCiMMCiTgBMmOnACLlHRAEM2MEvwWRY9FLu367VyvTTXkScvsDGMZMiSDso8iDDTOj7gMYx',
      '6uSwyTSKDpIEvLXkbFOdJMF0n4nzlPUhsYbspAOnmBJrtBjDvcF0ESCEXDlEBSCKqeclvEZrMsaYi2gb7wlmYL0uhiRC1ve69BSNF6Ja5RIIQg',
      'M7Ju988Fha9FImGyN1QbS3VTTNoDGMK+UwCMvBaRTtkXTC3wgnUOkNSTMLcdq5Z2hzo6nyLysyo5ciNb401NXht9sjto2EXcvqIdyhHL0N7blF',
      'TBbXcTfBk21NUA+Z5oZ85FBEu5AFo62Uw0XMIB89MjmDUb6SlcXUVL5Tx2VA35whuQqaC61T+dXkbrXda3ssDCEJOWToIy0l2iJurW+QlD8ffM',
      '0Hl5JFUO0MucvBheb833ujsX14q8uqcoEXCRhomYQ23L1bXEPZJkb6WYueabLalFYAbZxvcvZ4MY63XKpxh0dPp5SckphfOX08b6sGoZHYqeZR',
      'd85e9PRGYoSaskHSyrNth6hafaFAWlhLWozKprdvsMDGHGjqGi71iNVqrybLtF3bZnbOr2mKSSWrbGb6vfFdFsZ8Ar4BX8AqFcrjg7xxvBL1QT',
      'et7PEzZWDJFGh5yXdMG3b/4i+hF6CL2RHyIvCI3VTWd995ucdBE9Zo1LtaRgLreFC8YbwxghwkTPMbRs+kR9CLwqnuqnXlzptXlynPFN6W652z',
      'm0631LXprV6a2pnFi2sXvWn+EXhVOiqcKpwiP2LuSKcKEhlL9iBg==',
    ].join(''),
    'base64',
  ),
  xz: Buffer.from(
    [
      '/Td6WFoAAATm1rRGAgAhAQwAAACPmEGc4BR4BDBdADMaS3bhkMzS3hVa/8DrzG0PNjXSUJRyDYAhaOw7YdysEdw/vLVub3QMJew31Yia585lN3',
      'XwsiEPoiYczYTs1p8uyzMlAtzlEPuVaGhHJgoGyg8pLGFZuXDTOT/iBlUvGXZYan/lNsapS/hVEuO1iGjyjWIM3K9DYkjlzE4KsNDYMaWEiqiw',
      'm4YMAlRXZcnxzHv9OckATZF4SWYDWCGGhUbf8OtgbueMzGwnUr0Sl5oBDUOMNy46t5ieyeFs1d3xPbkbcbIq0blGVTXIt64GlkeBeDXDvlFduM',
      'Kq9qCjNXAZ0GdTKogoJfQBEI/rz39LrMUwAQlEORNmCRXOEdYYr/5GNbdysfbMb2Ha2Tb4ka2Axb/6LCk5Kq9XDOsrQ9Raftkf+M5Kus2fDbmT',
      '52N74UKJggJgXPCuBqBLe5/s4sghVXm2bzjqsk43z8CDWLg4CvoL1U5G2SHKc/L/FP6XsaayNWZtWMWQqYN/cZ3Mw0WLLX6eAWL8PJWpdnewWa',
      'PSMyu3Lo9YsaaEbUIMFGjHrJQHeRpZ06AQXnXVDETfiJWoo5Am73I5pKBTC6nNi2C8BlCvtoDFTjgRBg3sKm3Kg6dj+fUvcDhJNkV9j67Fy9id',
      'rxRQ13qxvwhUnlPXaTbKrAwCT6e++tD4/q/Fs1ZgUq96cXEByxto03OKwq3ZRbDBjq1xLUXcsTgH/3oihdBp+xApSg9Wve6fjkt0lAj2yuMC14',
      '838lXDVUpIVYd9xpNmlqoRP5Bn4LJ7qpJn2+LWkrUJhPJSS+CQ2W7gwPNE97H2XnlfOIHR5FbQyHvIpBtGKx9bO+LZecjA0BJiCREU5ULUsXDg',
      'sX4x+mqqQ5/0dPYryTlfdUqhLwWj4I8tBHzihbjfmkgRPEhZg63PJmUDZa5SvGJT/GU8vz92WRBe9UtWkcYvK5vBaROSz3aUApQryTeqxaj5a0',
      'qkBMZxSx4twFzrv6rRKQQAVuZ4O9jePizbDFokYh09v3/y6aM+69ISYMQrHnyDrHA55kQDhIXdsLygNkgsZQ5pvcMAlrujxwgnnzv1Cvftmn0D',
      'IM78iseIYRPupMakYiYVrX5+RgQgZ1AU6pcjh6cOX1v8WvB94yzxzuxoKTLVMZBgvbgUp0IocYKB+RhjEOkFkGOx4Btkc5BUz5H7Env8BfWNkb',
      't4iInFcmD1mifvVHk8VuEkG3WfAHmXRVy0Qem8jC0/uBeSPzOegvE/RUocWUzhO3OENC67xeRSVTC9IMp08hUupRq+j/dJ37bJhHJ2bPbr91YT',
      'kl+zILNrLOhhwyMyu/JxqeX6fjqU3NetIK2CjDmVeVTUeYGrxzh8P28fhS4WIFDHXqvzZufBTXzETLVikRvF4WrRrzYaErM90AlXKCehVHPPNP',
      'b7sR+4hQhU2TceckjQGKuMIoYyKpAA2qe6y9ADSqQAWo8UpLkCx+YAAcwI+SgAAKYPP1ixxGf7AgAAAAAEWVo=',
    ].join(''),
    'base64',
  ),
}

async function unpack(bytes: Uint8Array): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of unpacked(bufferSource(bytes))) parts.push(part)
  return Buffer.concat(parts)
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

for (const [kind, bytes] of Object.entries(packed)) {
  test(`${kind} is unpacked`, async () => assert.equal(sha256(await unpack(bytes)), digest))
  test(`${kind}: two streams one after the other are one`, async () => {
    const once = await unpack(bytes)
    assert.ok((await unpack(Buffer.concat([bytes, bytes]))).equals(Buffer.concat([once, once])))
  })
  test(`${kind}: damage is an error, never another text`, async () => {
    const right = await unpack(bytes)
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8))
      await sameOrRefused(damaged, right)
      await sameOrRefused(bytes.subarray(0, at), at === 0 ? Buffer.alloc(0) : right)
    }
  })
}

async function sameOrRefused(bytes: Uint8Array, right: Buffer): Promise<void> {
  let got: Buffer
  try {
    got = await unpack(bytes)
  } catch (error) {
    assert.ok(error instanceof JennerError && /malformed|unsupported|limit_exceeded/.test(error.code), String(error))
    return
  }
  // With its magic number gone it is a file like any other; what a checksum does not cover (padding, the end) changes nothing.
  assert.ok(got.equals(right) || got.equals(bytes), `${bytes.length} bytes`)
}
