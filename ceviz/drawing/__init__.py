"""What screen and paper paint alike: colours, fonts, pictures, formulas, layouts; QtGui only, no widgets."""
