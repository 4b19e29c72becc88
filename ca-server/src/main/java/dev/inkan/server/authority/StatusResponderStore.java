package dev.inkan.server.authority;

import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import java.util.List;
import java.util.function.Predicate;

/** The responders of status nodes, inside one transaction. */
public interface StatusResponderStore {

  /** Every one, in the order of nodes and issuing CAs. */
  List<StatusResponder> all();

  /** As {@link #all}, of one node, while every other transaction that asks so waits. */
  List<StatusResponder> lock(NodeName node);

  /** Stores it in the place of the one before for this node and CA, if there is one. */
  void put(StatusResponder responder);

  /**
   * Forgets a node.
   *
   * @return how many rows it had
   */
  int remove(NodeName node);

  /**
   * Whether any certificate in the ledger but responders' is one of these. Reads all of them, which
   * takes its time.
   */
  boolean anyOther(Predicate<Der> certificate);
}
