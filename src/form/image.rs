//! The form that makes an image of an instance.
use super::field::IMAGE_NAME;
use super::{Check, Faults, Words};
use crate::api::ec2::CreateImageRequest;

/// The draft of an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageDraft {
    /// The instance whose disk is copied.
    pub instance_id: String,
    /// The image's name.
    pub name: String,
}

impl ImageDraft {
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[(IMAGE_NAME, &["InvalidAMIName", "Name"])];

    /// The request.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<CreateImageRequest, Faults> {
        let mut check = Check::default();
        let name = check.text(IMAGE_NAME, &self.name);
        check.finish(CreateImageRequest { instance_id: self.instance_id.clone(), name, ..Default::default() })
    }
}
