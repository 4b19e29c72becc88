package dev.inkan.server.http.web;

import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.registration.user.User;

/** One request of a logged-in master user. */
record MasterVisit(Visit visit, User master) {

  /** Who acts, for the desks, which look for themselves what this user may do. */
  SubscriberId actor() {
    return master.id();
  }

  Page page() {
    return visit.page();
  }
}
