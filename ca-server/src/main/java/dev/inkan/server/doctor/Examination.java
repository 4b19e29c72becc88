package dev.inkan.server.doctor;

import java.util.List;

/** Looks at one part of an installation and changes nothing. */
@FunctionalInterface
interface Examination {

  /** What it found, at least one thing. */
  List<Finding> examine();
}
