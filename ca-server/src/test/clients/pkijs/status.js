// Asks about certificates by PKI.js, one line of answer for each.
//
//   node status.js OCSP-URL FOLDER LIST
//
// What it reads and writes is said in ../python/status.py.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto, subtle: webcrypto.subtle }));

const [url, folder, asked] = process.argv.slice(2);
const REASON = '2.5.29.21';
const INVALIDITY_DATE = '2.5.29.24';
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const REMOVE_FROM_CRL = 8;
const STATUSES = ['successful', 'malformed', 'internal error', 'try later', '', 'signature required', 'unauthorized'];

const loaded = new Map();

function load(path) {
  if (!loaded.has(path)) {
    const text = readFileSync(path, 'ascii').replace(/-----[A-Z ]+-----/g, '');
    loaded.set(path, pkijs.Certificate.fromBER(Buffer.from(text, 'base64')));
  }
  return loaded.get(path);
}

const hex = (integer) => Buffer.from(integer.valueBlock.valueHexView).toString('hex').replace(/^(00)+/, '');
const seconds = (date) => String(Math.floor(date.getTime() / 1000));
const enumerated = (value) => value.valueBlock.valueDec;

async function ask(count, leaf, issuer) {
  const request = new pkijs.OCSPRequest();
  await request.createForCertificate(leaf, {
    hashAlgorithm: count % 2 ? 'SHA-256' : 'SHA-1',
    issuerCertificate: issuer,
  });
  const nonce = Math.floor(count / 2) % 2 ? webcrypto.getRandomValues(new Uint8Array(16)) : null;
  if (nonce) {
    const value = new asn1js.OctetString({ valueHex: nonce.buffer });
    request.tbsRequest.requestExtensions = [new pkijs.Extension({ extnID: NONCE, extnValue: value.toBER() })];
  }
  const der = Buffer.from(request.toSchema(true).toBER());
  const answer = nonce
    ? await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/ocsp-request' }, body: der })
    : await fetch(`${url}/${encodeURIComponent(der.toString('base64'))}`);
  const response = pkijs.OCSPResponse.fromBER(await answer.arrayBuffer());
  const status = enumerated(response.responseStatus);
  if (status !== 0) {
    return [STATUSES[status], '', '', ''];
  }
  const basic = pkijs.BasicOCSPResponse.fromBER(response.responseBytes.response.valueBlock.valueHexView);
  if (!(await basic.verify({ trustedCerts: [issuer] }))) {
    return ['signature is not valid', '', '', ''];
  }
  if (nonce) {
    const echoed = basic.tbsResponseData.responseExtensions.find((one) => one.extnID === NONCE);
    const octets = asn1js.fromBER(echoed.extnValue.valueBlock.valueHexView).result;
    if (Buffer.compare(Buffer.from(octets.valueBlock.valueHexView), Buffer.from(nonce)) !== 0) {
      return ['another nonce', '', '', ''];
    }
  }
  const said = await basic.getCertificateStatus(leaf, issuer);
  if (!said.isForCertificate) {
    return ['about another certificate', '', '', ''];
  }
  const word = ['good', 'revoked', 'unknown'][said.status];
  if (word !== 'revoked') {
    return [word, '', '', ''];
  }
  const [time, reason] = basic.tbsResponseData.responses[0].certStatus.valueBlock.value;
  return [word, reason ? String(enumerated(reason.valueBlock.value[0])) : '', seconds(time.toDate()), ''];
}

async function list(name, issuing) {
  const crl = pkijs.CertificateRevocationList.fromBER(readFileSync(join(folder, name)));
  if (!(await crl.verify({ issuerCertificate: issuing }))) {
    throw new Error(`${name} is not the issuing CA's`);
  }
  const now = new Date();
  if (now < crl.thisUpdate.value || now > crl.nextUpdate.value) {
    throw new Error(`${name} is not fresh`);
  }
  return { crl, entries: new Map((crl.revokedCertificates ?? []).map((one) => [hex(one.userCertificate), one])) };
}

function extension(entry, id) {
  const found = entry.crlEntryExtensions?.extensions.find((one) => one.extnID === id);
  return found && asn1js.fromBER(found.extnValue.valueBlock.valueHexView).result;
}

function listed(entry) {
  const reason = entry && extension(entry, REASON);
  if (!entry || (reason && enumerated(reason) === REMOVE_FROM_CRL)) {
    return ['good', '', '', ''];
  }
  const since = extension(entry, INVALIDITY_DATE);
  return [
    'revoked',
    reason ? String(enumerated(reason)) : '',
    seconds(entry.revocationDate.value),
    since ? seconds(since.toDate()) : '',
  ];
}

const issuing = load(join(folder, 'issuing.pem'));
const full = await list('full.crl', issuing);
const base = await list('base.crl', issuing);
const delta = await list('delta.crl', issuing);
const together = new Map([...base.entries, ...delta.entries]);

const lines = readFileSync(asked, 'ascii').trim().split('\n');
for (const [count, line] of lines.entries()) {
  const [serial, leafPath, issuerPath] = line.split('\t');
  const leaf = load(leafPath);
  const said = { OCSP: await ask(count, leaf, load(issuerPath)) };
  const ours = await leaf.verify(issuing);
  const key = hex(leaf.serialNumber);
  if (ours && full.crl.isCertificateRevoked(leaf) !== full.entries.has(key)) {
    throw new Error(`${serial}: PKI.js and its own list disagree`);
  }
  said.CRL = ours ? listed(full.entries.get(key)) : ['untrusted', '', '', ''];
  said.DELTA = ours ? listed(together.get(key)) : ['untrusted', '', '', ''];
  for (const [source, words] of Object.entries(said)) {
    console.log([source, serial, ...words].join('\t'));
  }
}
