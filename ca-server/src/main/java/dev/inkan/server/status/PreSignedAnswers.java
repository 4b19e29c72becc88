package dev.inkan.server.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.ocsp.CertificateId;
import dev.inkan.core.ocsp.OcspResponder;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers that were signed once and serve many, while the index says what they say. The least asked
 * go when there are too many. Safe for use by several threads.
 */
final class PreSignedAnswers {

  private final Cache<Key, PreSigned> answers;

  /**
   * @param most how many are kept, at a kilobyte each
   */
  PreSignedAnswers(int most) {
    this.answers = Caffeine.newBuilder().maximumSize(most).build();
  }

  /** Which question: a serial number, and the form in which its issuer is named. */
  private record Key(SerialNumber serialNumber, int form) {}

  /**
   * An answer and what it stands on.
   *
   * @param status what the index said
   * @param until when it is to be replaced, well before its nextUpdate
   */
  record PreSigned(OcspAnswer answer, long status, OcspResponder signedBy, Instant until) {}

  /**
   * The answer, if there is one that says {@code status}, is of this responder and is fresh. It is
   * compared here and not only thrown away on a change: a signature that was under way while the
   * status changed may be put in afterwards.
   */
  Optional<OcspAnswer> find(
      SerialNumber serialNumber, int form, long status, OcspResponder responder, Instant now) {
    PreSigned found = answers.getIfPresent(new Key(serialNumber, form));
    return found != null
            && found.status() == status
            && found.signedBy() == responder
            && now.isBefore(found.until())
        ? Optional.of(found.answer())
        : Optional.empty();
  }

  /**
   * The same past its freshness, as long as it may be relied on: for when no other can be signed.
   */
  Optional<OcspAnswer> findOlder(
      SerialNumber serialNumber, int form, long status, OcspResponder responder, Instant now) {
    PreSigned found = answers.getIfPresent(new Key(serialNumber, form));
    return found != null
            && found.status() == status
            && found.signedBy() == responder
            && found.answer().caching().filter(it -> now.isBefore(it.nextUpdate())).isPresent()
        ? Optional.of(found.answer())
        : Optional.empty();
  }

  void keep(SerialNumber serialNumber, CertificateId id, PreSigned answer) {
    answers.put(new Key(serialNumber, id.form()), answer);
  }
}
