package dev.inkan.server.registration.administration;

import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.LedgerState;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.store.Transactions;
import dev.inkan.server.registration.user.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a master user sees of the general users of the organisation (C4). Thread-safe. */
public final class UserDirectory {

  private static final int MAILS = 10;

  private final MasterActs acts;

  public UserDirectory(Transactions<? extends AdministrationStores> transactions, Clock clock) {
    this.acts = new MasterActs(transactions, clock);
  }

  /** A page of them. */
  public Administered<UserPage> list(SubscriberId actor, UserQuery query) {
    return acts.by(
        actor,
        office ->
            office
                .stores()
                .directory()
                .list(office.master().organisation().number(), query, office.now()));
  }

  /** One of them. */
  public Administered<UserDetails> find(SubscriberId actor, UserId target) {
    return acts.see(actor, target, UserDirectory::describe);
  }

  private static UserDetails describe(MasterActs.Act act) {
    SubscriberId id = act.target().id();
    List<CertificateRecord> issued = new ArrayList<>();
    for (CertificateRecord entry : act.stores().certificates().findBySubscriber(id)) {
      if (entry.kind() == CertificateKind.SUBSCRIBER && entry.state() == LedgerState.ISSUED) {
        issued.add(entry);
      }
    }
    Collections.reverse(issued);
    return new UserDetails(
        act.target(),
        issued,
        act.stores().mails().list(act.target().userId(), MAILS),
        act.stores().addressChanges().find(id));
  }
}
