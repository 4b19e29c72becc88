package dev.inkan.admin.command.crl;

import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.Crl;
import java.util.List;
import java.util.Optional;

/** How published CRLs look. */
final class CrlView {

  private CrlView() {}

  static Listing<Crl> listing() {
    return new Listing<>(
        List.of(
            Column.word("kind", it -> Optional.of(it.kind())),
            Column.text("issuer", Crl::issuer),
            Column.text("number", Crl::number),
            Column.time("this-update", it -> Optional.of(it.thisUpdate())),
            Column.time("next-update", it -> Optional.of(it.nextUpdate())),
            Column.number("entries", Crl::entries),
            Column.number("octets", Crl::octets),
            Column.text("url", Crl::url)),
        "No CRL is published yet.");
  }
}
