package dev.inkan.server.service;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.server.installation.Storage;
import dev.inkan.server.store.JdbiJobs;
import dev.inkan.server.store.JdbiMailQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server was at when its last life ended without a stop. */
public final class LeftUnderWay {

  private static final Logger LOG = LoggerFactory.getLogger(LeftUnderWay.class);

  private LeftUnderWay() {}

  /** To be called with the journal open, which shows that no other server of this name runs. */
  public static void release(Storage storage, NodeName node) {
    int jobs = new JdbiJobs(storage.database()).release(node);
    if (jobs > 0) {
      LOG.warn("{} jobs were under way at the last stop: they go on here", jobs);
    }
    int mails = new JdbiMailQueue(storage.database()).release(node);
    if (mails > 0) {
      LOG.warn("{} mails were being handed over at the last stop: they are sent again", mails);
    }
  }
}
