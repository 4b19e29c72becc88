package dev.inkan.admin.command;

import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.core.api.RequestItem;
import java.util.List;
import java.util.Optional;

/** How the certificates of a request look. */
public final class ItemView {

  private ItemView() {}

  /** Certificates in rows. */
  public static Listing<RequestItem> listing() {
    return new Listing<>(
        List.of(
            Column.serial("serial", it -> Optional.of(it.serialNumber())),
            Column.maybe("user", RequestItem::userId),
            Column.word("state", it -> Optional.of(it.state())),
            Column.time("at", RequestItem::at)),
        "It has no certificates.");
  }
}
