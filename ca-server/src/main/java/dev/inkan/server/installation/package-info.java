/**
 * What an installation consists of, as its configuration describes it: the open database, the keys
 * and where they live, the issuing CAs, the CRLs. It is made here, once, and carried through
 * rollovers; commands and server both open it here.
 */
@NullMarked
package dev.inkan.server.installation;

import org.jspecify.annotations.NullMarked;
