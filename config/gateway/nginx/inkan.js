// The visitor's certificate as RFC 9440 writes it: its DER octets in base64 between colons.
// An empty text makes nginx send no header at all.

function inColons(pem) {
    if (!pem) {
        return '';
    }
    return ':' + pem.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '') + ':';
}

// Whatever was shown. That the visitor holds its key was proven by the handshake; what it is worth is
// for Inkan to say.
function shownCertificate(r) {
    return inColons(r.variables.ssl_client_raw_cert);
}

// Only what nginx has checked.
function goodCertificate(r) {
    return r.variables.ssl_client_verify === 'SUCCESS' ? shownCertificate(r) : '';
}

export default { shownCertificate, goodCertificate };
