package dev.inkan.server.operation;

import dev.inkan.core.api.Asked;
import dev.inkan.core.api.BulkRevocation;
import dev.inkan.core.api.ItemState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.RequestItem;
import dev.inkan.core.api.RequestState;
import dev.inkan.core.api.RevocationRequest;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Requests to revoke, inside one transaction. */
public interface RevocationRequestStore {

  /** Adds a request and gives it a number. */
  long add(NewCase request, List<SerialNumber> certificates);

  /**
   * A request to be added.
   *
   * @param organisation the user's, or the one whose certificates are all to be revoked
   * @param subscriber the user, where it is about one
   * @param approved whether nobody else has to decide
   */
  record NewCase(
      boolean bulk,
      Asked asked,
      Optional<String> organisation,
      Optional<SubscriberId> subscriber,
      boolean held,
      Instant createdAt,
      String createdBy,
      boolean approved) {}

  Optional<RevocationRequest> find(long number);

  Page<RevocationRequest> list(
      Optional<RequestState> state,
      Optional<String> userId,
      Optional<String> organisation,
      Paging paging);

  Optional<BulkRevocation> findBulk(long number);

  Page<BulkRevocation> listBulk(Optional<RequestState> state, Paging paging);

  /** The certificates of a request in the order given. */
  Page<RequestItem> items(long number, Optional<ItemState> state, Paging paging);

  /** The next certificates that are still to be revoked. */
  List<SerialNumber> pending(long number, int max);

  /** Whether a request that is not done or rejected has the certificate. */
  Optional<Long> openFor(SerialNumber serialNumber);

  /**
   * Decides an open request.
   *
   * @return false if it was decided before
   */
  boolean decide(long number, RequestState as, Instant at, String by, Optional<String> note);

  /**
   * Ends a pending item.
   *
   * @return false if it was ended before
   */
  boolean end(long number, SerialNumber serialNumber, ItemState as, Instant at);

  /** Marks an approved request done if nothing of it is pending. */
  boolean finish(long number);
}
