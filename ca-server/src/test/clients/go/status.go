// Command status asks about certificates with golang.org/x/crypto/ocsp and crypto/x509, and prints
// a line of answer for each.
//
//	status OCSP-URL FOLDER LIST
//
// What it reads and writes is said in ../python/status.py.
package main

import (
	"bytes"
	"crypto"
	_ "crypto/sha1"
	_ "crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/crypto/ocsp"
)

var (
	crlNumber      = asn1.ObjectIdentifier{2, 5, 29, 20}
	reasonCode     = asn1.ObjectIdentifier{2, 5, 29, 21}
	invalidityDate = asn1.ObjectIdentifier{2, 5, 29, 24}
	deltaIndicator = asn1.ObjectIdentifier{2, 5, 29, 27}
)

const removeFromCRL = 8

// verdict is what is said of one certificate.
type verdict struct{ word, reason, at, since string }

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func load(path string) *x509.Certificate {
	block, _ := pem.Decode(must(os.ReadFile(path)))
	return must(x509.ParseCertificate(block.Bytes))
}

func revoked(reason int, known bool, at, since time.Time) verdict {
	said := verdict{word: "revoked", at: fmt.Sprint(at.Unix())}
	if known {
		said.reason = fmt.Sprint(reason)
	}
	if !since.IsZero() {
		said.since = fmt.Sprint(since.Unix())
	}
	return said
}

// post and get are how an answer is fetched; the package leaves that to its users.
func post(address string, request []byte) (*http.Response, error) {
	return http.Post(address, "application/ocsp-request", bytes.NewReader(request))
}

func get(address string, request []byte) (*http.Response, error) {
	return http.Get(address + "/" + url.QueryEscape(base64.StdEncoding.EncodeToString(request)))
}

func ask(address string, count int, leaf, issuer *x509.Certificate) verdict {
	options := &ocsp.RequestOptions{Hash: crypto.SHA1}
	if count%2 == 1 {
		options.Hash = crypto.SHA256
	}
	request := must(ocsp.CreateRequest(leaf, issuer, options))
	how := get
	if count/2%2 == 1 {
		how = post
	}
	response := must(how(address, request))
	body := must(io.ReadAll(response.Body))
	response.Body.Close()
	answer, err := ocsp.ParseResponseForCert(body, leaf, issuer)
	var refused ocsp.ResponseError
	if errors.As(err, &refused) {
		return verdict{word: refused.Status.String()}
	}
	if err != nil {
		return verdict{word: err.Error()}
	}
	now := time.Now()
	if now.Before(answer.ThisUpdate) || now.After(answer.NextUpdate) {
		return verdict{word: "not fresh"}
	}
	switch answer.Status {
	case ocsp.Good:
		return verdict{word: "good"}
	case ocsp.Unknown:
		return verdict{word: "unknown"}
	}
	// The package says 0 both for no reason and for an unspecified one.
	return revoked(answer.RevocationReason, answer.RevocationReason != ocsp.Unspecified, answer.RevokedAt, time.Time{})
}

// extension finds one and decodes it.
func extension(all []pkix.Extension, id asn1.ObjectIdentifier, value any) bool {
	for _, one := range all {
		if one.Id.Equal(id) {
			must(asn1.Unmarshal(one.Value, value))
			return true
		}
	}
	return false
}

func list(path string, issuing *x509.Certificate) (*x509.RevocationList, map[string]pkix.RevokedCertificate) {
	crl := must(x509.ParseRevocationList(must(os.ReadFile(path))))
	if err := crl.CheckSignatureFrom(issuing); err != nil {
		must(0, err)
	}
	now := time.Now()
	if now.Before(crl.ThisUpdate) || now.After(crl.NextUpdate) {
		must(0, errors.New(path+" is not fresh"))
	}
	entries := map[string]pkix.RevokedCertificate{}
	for _, entry := range crl.RevokedCertificates {
		entries[entry.SerialNumber.String()] = entry
	}
	return crl, entries
}

func listed(leaf, issuing *x509.Certificate, entries map[string]pkix.RevokedCertificate) verdict {
	if leaf.CheckSignatureFrom(issuing) != nil {
		return verdict{word: "untrusted"}
	}
	entry, found := entries[leaf.SerialNumber.String()]
	if !found {
		return verdict{word: "good"}
	}
	var reason asn1.Enumerated
	known := extension(entry.Extensions, reasonCode, &reason)
	if known && reason == removeFromCRL {
		return verdict{word: "good"}
	}
	var since time.Time
	for _, one := range entry.Extensions {
		if one.Id.Equal(invalidityDate) {
			must(asn1.UnmarshalWithParams(one.Value, &since, "generalized"))
		}
	}
	return revoked(int(reason), known, entry.RevocationTime, since)
}

func main() {
	address, folder := os.Args[1], os.Args[2]
	issuing := load(filepath.Join(folder, "issuing.pem"))
	_, full := list(filepath.Join(folder, "full.crl"), issuing)
	base, together := list(filepath.Join(folder, "base.crl"), issuing)
	delta, changes := list(filepath.Join(folder, "delta.crl"), issuing)
	var number, least *big.Int
	if !extension(base.Extensions, crlNumber, &number) || !extension(delta.Extensions, deltaIndicator, &least) || number.Cmp(least) < 0 {
		must(0, errors.New("the delta does not build on the base"))
	}
	for serial, entry := range changes {
		together[serial] = entry
	}
	lines := strings.Split(strings.TrimSpace(string(must(os.ReadFile(os.Args[3])))), "\n")
	for count, line := range lines {
		fields := strings.Split(line, "\t")
		leaf := load(fields[1])
		said := map[string]verdict{
			"OCSP":  ask(address, count, leaf, load(fields[2])),
			"CRL":   listed(leaf, issuing, full),
			"DELTA": listed(leaf, issuing, together),
		}
		for source, one := range said {
			fmt.Println(strings.Join([]string{source, fields[0], one.word, one.reason, one.at, one.since}, "\t"))
		}
	}
}
