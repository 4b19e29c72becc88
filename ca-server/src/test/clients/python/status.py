"""Asks about certificates by Python's `cryptography`, one line of answer for each.

    status.py OCSP-URL FOLDER LIST

LIST has a line for each certificate: serial number, its file, its issuer's file. FOLDER has
issuing.pem, full.crl, base.crl and delta.crl. Lines of the answer: OCSP, CRL or DELTA; serial
number; word; the reason's number; seconds of the revocation; seconds of the invalidity date.
"""

import base64
import http.client
import os
import sys
import urllib.parse
from datetime import datetime, timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

CODES = {
    "unspecified": 0, "keyCompromise": 1, "cACompromise": 2, "affiliationChanged": 3,
    "superseded": 4, "cessationOfOperation": 5, "certificateHold": 6, "removeFromCRL": 8,
    "privilegeWithdrawn": 9, "aACompromise": 10,
}

url, folder, asked = sys.argv[1:4]
address = urllib.parse.urlsplit(url)
connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)


def load(path):
    with open(path, "rb") as file:
        return x509.load_pem_x509_certificate(file.read())


def seconds(time):
    return "" if time is None else str(int(time.replace(tzinfo=timezone.utc).timestamp()))


def code(reason):
    return "" if reason is None else str(CODES[reason.value])


def verify(key, signed):
    tbs = getattr(signed, "tbs_response_bytes", None) or getattr(signed, "tbs_certlist_bytes", None)
    tbs = tbs or signed.tbs_certificate_bytes
    key.verify(signed.signature, tbs, ec.ECDSA(signed.signature_hash_algorithm))


def check_signer(response, issuer):
    """The signature, and that the issuer made the signer a responder for now."""
    signer = response.certificates[0]
    verify(signer.public_key(), response)
    verify(issuer.public_key(), signer)
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert ExtendedKeyUsageOID.OCSP_SIGNING in usage
    assert response.responder_key_hash or response.responder_name == signer.subject
    now = datetime.utcnow()
    assert signer.not_valid_before <= now <= signer.not_valid_after
    assert response.this_update <= now <= response.next_update


def ask(number, leaf, issuer):
    """Four ways by turns: SHA-1 and SHA-256, GET and POST with nonce."""
    digest = hashes.SHA256() if number % 2 else hashes.SHA1()
    builder = ocsp.OCSPRequestBuilder().add_certificate(leaf, issuer, digest)
    nonce = os.urandom(1 + number % 32) if number // 2 % 2 else None
    if nonce:
        builder = builder.add_extension(x509.OCSPNonce(nonce), False)
    request = builder.build().public_bytes(Encoding.DER)
    if nonce:
        connection.request("POST", address.path, request, {"Content-Type": "application/ocsp-request"})
    else:
        text = urllib.parse.quote(base64.b64encode(request).decode(), safe="")
        connection.request("GET", address.path + "/" + text)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200 and answer.getheader("Content-Type") == "application/ocsp-response"
    response = ocsp.load_der_ocsp_response(body)
    if response.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        return (response.response_status.name.lower(), "", "", "")
    check_signer(response, issuer)
    assert response.serial_number == leaf.serial_number
    assert type(response.hash_algorithm) is type(digest)
    if nonce:
        assert response.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == nonce
    word = response.certificate_status.name.lower()
    return (word, code(response.revocation_reason), seconds(response.revocation_time), "")


def entries(name, issuing):
    with open(os.path.join(folder, name), "rb") as file:
        crl = x509.load_der_x509_crl(file.read())
    assert crl.is_signature_valid(issuing.public_key()) and crl.issuer == issuing.subject
    assert crl.last_update <= datetime.utcnow() <= crl.next_update
    return crl, {entry.serial_number: entry for entry in crl}


def extension(entry, kind):
    try:
        return entry.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def listed(entry):
    if entry is None:
        return ("good", "", "", "")
    reason = extension(entry, x509.CRLReason)
    if reason and reason.reason == x509.ReasonFlags.remove_from_crl:
        return ("good", "", "", "")
    since = extension(entry, x509.InvalidityDate)
    return (
        "revoked",
        code(reason and reason.reason),
        seconds(entry.revocation_date),
        seconds(since and since.invalidity_date),
    )


def is_issued_by(leaf, issuing):
    try:
        verify(issuing.public_key(), leaf)
        return True
    except InvalidSignature:
        return False


def main():
    issuing = load(os.path.join(folder, "issuing.pem"))
    _, full = entries("full.crl", issuing)
    base_crl, base = entries("base.crl", issuing)
    delta_crl, delta = entries("delta.crl", issuing)
    indicator = delta_crl.extensions.get_extension_for_class(x509.DeltaCRLIndicator).value
    number = base_crl.extensions.get_extension_for_class(x509.CRLNumber).value
    assert number.crl_number >= indicator.crl_number
    base.update(delta)
    with open(asked, encoding="ascii") as lines:
        for count, line in enumerate(lines):
            serial, leaf_path, issuer_path = line.rstrip("\n").split("\t")
            leaf = load(leaf_path)
            try:
                print("OCSP", serial, *ask(count, leaf, load(issuer_path)), sep="\t")
            except (AssertionError, InvalidSignature, ValueError) as problem:
                print("OCSP", serial, repr(problem), "", "", "", sep="\t")
            for source, by_serial in (("CRL", full), ("DELTA", base)):
                if is_issued_by(leaf, issuing):
                    print(source, serial, *listed(by_serial.get(leaf.serial_number)), sep="\t")
                else:
                    print(source, serial, "untrusted", "", "", "", sep="\t")


main()
