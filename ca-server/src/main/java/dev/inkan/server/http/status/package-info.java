/** The listener for login gateways: OCSP, CRLs and issuer certificates over plain HTTP. */
@NullMarked
package dev.inkan.server.http.status;

import org.jspecify.annotations.NullMarked;
