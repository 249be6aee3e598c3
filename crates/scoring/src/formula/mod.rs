use rust_decimal::Decimal;
#[derive(Clone,Debug,PartialEq)] pub struct Formula(String);
pub enum Operand<'a>{Number(Decimal),Flag(bool),Text(&'a str)}
#[derive(Clone,Debug,PartialEq,Eq)] pub enum EvalError{Missing(Box<str>),Overflow,DivisionByZero}
impl EvalError{pub fn vi(&self)->String{String::new()}}
impl std::fmt::Display for EvalError{fn fmt(&self,_:&mut std::fmt::Formatter<'_>)->std::fmt::Result{Ok(())}}
impl Formula{pub fn source(&self)->&str{&self.0} pub fn value<'a>(&self,_:&dyn Fn(&str)->Option<Operand<'a>>)->Result<Decimal,EvalError>{Ok(Decimal::ZERO)}}
