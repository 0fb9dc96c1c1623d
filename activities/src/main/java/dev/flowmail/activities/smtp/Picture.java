package dev.flowmail.activities.smtp;

import dev.flowmail.activities.smtp.BodyPart.Piece;
import dev.flowmail.templates.InlinePicture;
import dev.flowmail.templates.Logo;

/** A picture within a mail, its content id without angle brackets. */
record Picture(String contentId, String type, String fileName, Piece bytes) {

    static Picture of(InlinePicture picture) {
        return new Picture(picture.contentId(), picture.type(), picture.fileName(), Piece.of(picture.bytes()));
    }

    static Picture of(Logo logo) {
        return new Picture(logo.contentId(), logo.type(), logo.fileName(), Piece.of(logo.bytes()));
    }
}
