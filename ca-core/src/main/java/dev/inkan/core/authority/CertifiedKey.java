package dev.inkan.core.authority;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.key.Credential;

/**
 * A key of the authority's own and its certificate's entry, {@code ISSUED}, to be put into the
 * ledger by {@link dev.inkan.core.store.CertificateStore#restore}.
 */
public record CertifiedKey(Credential credential, CertificateRecord entry) {}
