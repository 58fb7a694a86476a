/** Who may be recorded: the consent table's changes, in the order of the log, held against each activity's place in it. */
package io.towpath.capture.consent;
