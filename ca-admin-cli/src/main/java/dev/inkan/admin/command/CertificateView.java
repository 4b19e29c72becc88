package dev.inkan.admin.command;

import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Column.Cell;
import dev.inkan.admin.output.Column.Place;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Serials;
import dev.inkan.admin.output.Sheet;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.admin.output.Times;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.Certificate;
import dev.inkan.core.api.CertificateState;
import dev.inkan.core.api.FileDelivery;
import dev.inkan.core.api.Revocation;
import java.util.List;
import java.util.Optional;

/** How certificates look, wherever they are listed. */
public final class CertificateView {

  private CertificateView() {}

  /**
   * Certificates in rows.
   *
   * @param none what people read where there are none
   */
  public static Listing<Certificate> listing(String none) {
    return new Listing<>(
        List.of(
            Column.serial("serial", it -> Optional.of(it.serialNumber())),
            Column.word("kind", (Certificate it) -> Optional.of(it.kind())).inCsvAlone(),
            Column.maybe("user", Certificate::userId),
            Column.maybe("user-name", Certificate::userName).inCsvAlone(),
            new Column<>(
                "organisation",
                Certificate::organisation,
                (it, times) -> it.organisationName().or(it::organisation).map(Cell::words),
                Place.EVERYWHERE),
            Column.maybe("organisation-name", Certificate::organisationName).inCsvAlone(),
            Column.word("state", it -> Optional.of(it.state())),
            Column.day("issued", (Certificate it) -> Optional.of(it.issuedAt())).whereThereIsRoom(),
            new Column<>(
                "expires",
                it -> Optional.of(it.notAfter()),
                (it, times) -> Optional.of(Cell.of(expiry(it, times))),
                Place.EVERYWHERE),
            Column.time("revoked", (Certificate it) -> it.revocation().map(Revocation::at))
                .inCsvAlone(),
            Column.word("reason", (Certificate it) -> it.revocation().map(Revocation::reason))
                .inCsvAlone(),
            Column.time(
                    "lost-at",
                    (Certificate it) -> it.revocation().flatMap(Revocation::invalidityDate))
                .inCsvAlone(),
            Column.time(
                    "file-fetched", (Certificate it) -> it.file().flatMap(FileDelivery::fetchedAt))
                .inCsvAlone(),
            Column.maybe("fingerprint", Certificate::fingerprint).inCsvAlone()),
        none);
  }

  private static String expiry(Certificate certificate, Times times) {
    boolean counts =
        certificate.state() == CertificateState.VALID
            || certificate.state() == CertificateState.HELD;
    return counts
        ? times.dayAndDistance(certificate.notAfter())
        : times.day(certificate.notAfter());
  }

  /** One certificate with all there is to know. */
  public static void sheet(Certificate certificate, Paper paper) {
    Sheet sheet =
        new Sheet(paper.times())
            .line("serial", certificate.serialNumber())
            .word("state", certificate.state());
    certificate.revocation().ifPresent(it -> revocation(sheet, certificate, it));
    sheet
        .line("user", named(certificate.userId(), certificate.userName()))
        .line("organisation", named(certificate.organisation(), certificate.organisationName()))
        .word("kind", certificate.kind())
        .line("subscriber", certificate.subscriber())
        .time("issued", certificate.issuedAt())
        .time("valid from", certificate.notBefore())
        .time("expires", certificate.notAfter());
    certificate.file().ifPresent(it -> sheet.line("file", file(it, paper.times())));
    sheet.line("SHA-256", certificate.fingerprint()).print(paper);
  }

  private static void revocation(Sheet sheet, Certificate certificate, Revocation revocation) {
    sheet
        .time(certificate.state() == CertificateState.HELD ? "held" : "revoked", revocation.at())
        .line("reason", Words.of(revocation.reason()))
        .time("lost", revocation.invalidityDate())
        .line("request", revocation.request().map(number -> "no. " + number));
  }

  private static String file(FileDelivery file, Times times) {
    return file.fetchedAt()
        .map(at -> "fetched " + times.minute(at))
        .orElseGet(() -> "never fetched; could be until " + times.minute(file.until()));
  }

  private static Optional<String> named(Optional<String> key, Optional<String> name) {
    return key.map(it -> it + name.map(text -> " (" + text + ")").orElse("")).or(() -> name);
  }

  /** {@code 7f3a…c21e of yamada01 (山田 太郎), 千葉県教職員組合, valid until 2027-11-22}. */
  public static String described(Certificate certificate, Times times) {
    return Serials.brief(certificate.serialNumber())
        + named(certificate.userId(), certificate.userName()).map(it -> " of " + it).orElse("")
        + certificate.organisationName().map(it -> ", " + it).orElse("")
        + ", valid until "
        + times.day(certificate.notAfter());
  }

  /** {@code 2026-11-20 10:02, key compromise}. */
  public static String described(Revocation revocation, Times times) {
    return times.minute(revocation.at()) + ", " + Words.of(revocation.reason());
  }
}
