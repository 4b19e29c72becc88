package dev.inkan.core.authority;

import dev.inkan.core.certificate.SubscriberId;

/** The embedding application asked for somebody whom its own store does not know. */
public final class UnknownSubscriberException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnknownSubscriberException(SubscriberId subscriber) {
    super("there is no subscriber " + subscriber);
  }
}
