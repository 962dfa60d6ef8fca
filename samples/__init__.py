"""The demo cities' departmental inputs: open data of other publishers, and sample data that names nobody."""
